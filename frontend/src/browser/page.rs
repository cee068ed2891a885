use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

pub(crate) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// What a `<meta>` of the page says; `None` when it is not there or empty.
pub(crate) fn meta(name: &str) -> Option<String> {
    let element = document()?.query_selector(&format!("meta[name='{name}']")).ok()??;
    element.get_attribute("content").filter(|content| !content.is_empty())
}

/// The page's own address up to the last slash, without its parameters. Tells this server from others of the origin.
pub(crate) fn base() -> String {
    document().and_then(|document| document.base_uri().ok().flatten()).unwrap_or_default()
}

/// What is another one for each build of the page (scripts/app.mjs); a development build has none.
pub(crate) fn build() -> Option<String> {
    meta("sidetone-build")
}

/// The page is in front, not in a background tab.
pub(crate) fn is_visible() -> bool {
    document().is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}

/// Somebody looks at the page, as far as a page can know: it is shown, and its window has the focus.
pub(crate) fn is_in_front() -> bool {
    is_visible() && document().is_some_and(|document| document.has_focus().unwrap_or(true))
}

/// Whether the focus is where somebody writes.
pub(crate) fn is_focus_in_field() -> bool {
    document().and_then(|document| document.active_element()).is_some_and(|element| takes_keys(&element))
}

/// False is certain only for the Internet: this machine's own server may be there all the same.
pub(crate) fn has_network() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Loads the page anew.
pub(crate) fn reload() {
    if let Some(window) = web_sys::window() {
        drop(window.location().reload());
    }
}

fn icon_link() -> Option<Element> {
    document()?.query_selector("link[rel='icon']").ok()?
}

/// Address of the tab's icon.
pub(crate) fn icon() -> Option<String> {
    icon_link()?.get_attribute("href")
}

pub(crate) fn set_icon(address: &str) {
    if let Some(link) = icon_link() {
        drop(link.set_attribute("href", address));
    }
}

/// The whole address that the page was opened with, which may have been taken from the address bar since.
pub(crate) fn opened_by() -> Option<String> {
    let entries = web_sys::window()?.performance()?.get_entries_by_type("navigation");
    Some(entries.get(0).dyn_into::<web_sys::PerformanceEntry>().ok()?.name())
}

pub(crate) fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Shows the top of what scrolls, after what was there has been replaced.
pub(crate) fn scroll_to_top() {
    if let Some(stage) = document().and_then(|document| document.query_selector("main").ok().flatten()) {
        stage.set_scroll_top(0);
    }
}

/// Moves the focus to a field, so that keys and screen readers go on there, once it is on the page. On a touch screen to what
/// surrounds it: the field would bring up the screen's own keyboard. Both by id.
pub(crate) fn focus_field_soon(field: &'static str, surroundings: &'static str) {
    let touch = web_sys::window().and_then(|window| window.match_media("(pointer: coarse)").ok().flatten());
    focus_id_soon(if touch.is_some_and(|touch| touch.matches()) { surroundings } else { field });
}

/// The field with this id, if it is there.
pub(crate) fn field(id: &str) -> Option<web_sys::HtmlInputElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Marks all that is in a field, to be copied.
pub(crate) fn select_field(id: &str) {
    if let Some(field) = field(id) {
        field.select();
    }
}

/// Puts a text into a field, and the caret behind so many characters of it. What is there already is not put there again: the
/// browser would forget how it came there.
pub(crate) fn fill_field(field: &web_sys::HtmlInputElement, text: &str, caret: usize) {
    if field.value() != text {
        field.set_value(text);
    }
    let caret = caret as u32;
    if field.selection_start() != Ok(Some(caret)) || field.selection_end() != Ok(Some(caret)) {
        drop(field.set_selection_range(caret, caret));
    }
}

/// Moves the focus to the element with this id, if it is there.
pub(crate) fn focus_id(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        drop(element.focus());
    }
}

/// The same, once what has just been decided is on the page.
pub(crate) fn focus_id_soon(id: impl AsRef<str> + 'static) {
    spawn_local(async move {
        TimeoutFuture::new(0).await;
        focus_id(id.as_ref());
    });
}

/// Takes the focus off what is about to go, while nothing else has changed: later the browser would lay the page out for it.
pub(crate) fn drop_focus_within(id: &str) {
    let focused = document().and_then(|document| document.active_element());
    if let Some(focused) = focused.filter(|focused| is_within(focused, id))
        && let Ok(focused) = focused.dyn_into::<HtmlElement>()
    {
        drop(focused.blur());
    }
}

/// Where the app is mounted, behind the skeleton that `index.html` has in it.
pub(crate) fn mount_point() -> Option<HtmlElement> {
    document()?.get_element_by_id("app")?.dyn_into().ok()
}

/// Takes the skeleton away, before something is shown in its place.
pub(crate) fn remove_skeleton() {
    if let Some(skeleton) = document().and_then(|document| document.get_element_by_id("skeleton")) {
        skeleton.remove();
    }
}

/// Whether the element is, or is in, the one with this id.
pub(crate) fn is_within(element: &Element, id: &str) -> bool {
    document()
        .and_then(|document| document.get_element_by_id(id))
        .is_some_and(|outer| outer.contains(Some(element)))
}

/// Whether keys pressed on this element are meant for it and not for the keypad.
pub(crate) fn takes_keys(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

/// Whether Enter on this element already does something.
pub(crate) fn takes_enter(element: &Element) -> bool {
    takes_keys(element) || matches!(element.tag_name().as_str(), "BUTTON" | "A" | "SUMMARY")
}

/// Whether the browser keeps cookies for this page. Without them nobody can be signed in.
pub(crate) fn keeps_cookies() -> bool {
    const PROBE: &str = "sidetone.probe=1";
    let Some(document) = document() else { return true };
    // `navigator.cookieEnabled` is true in Chromium although the user has blocked them. A page that may have none at all gets
    // an error for looking.
    let set = |cookie: String| Reflect::set(&document, &"cookie".into(), &cookie.into()).is_ok();
    let kept = set([PROBE, "; SameSite=Strict"].concat())
        && Reflect::get(&document, &"cookie".into())
            .is_ok_and(|cookies| cookies.as_string().is_some_and(|cookies| cookies.contains(PROBE)));
    set([PROBE, "; SameSite=Strict; Max-Age=0"].concat());
    kept
}

/// Takes a parameter out of the page's address: a reload must not say it again.
pub(crate) fn take_query(name: &str) -> Option<String> {
    let window = web_sys::window()?;
    let location = window.location();
    let query = web_sys::UrlSearchParams::new_with_str(&location.search().ok()?).ok()?;
    let value = query.get(name)?;
    query.delete(name);
    let rest = String::from(query.to_string());
    let mark = if rest.is_empty() { "" } else { "?" };
    let address = [location.pathname().ok()?.as_str(), mark, &rest].concat();
    let history = window.history().ok()?;
    // What the tab keeps stays ([`super::storage`]).
    let state = history.state().unwrap_or_default();
    drop(history.replace_state_with_url(&state, "", Some(&address)));
    Some(value)
}

/// What stands behind the `#` in the page's address.
pub(crate) fn fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Takes it out of there: it is nobody else's business, and a reload must not say it again.
pub(crate) fn drop_fragment() -> Option<()> {
    let window = web_sys::window()?;
    let location = window.location();
    let address = location.pathname().ok()? + &location.search().ok()?;
    let history = window.history().ok()?;
    let state = history.state().unwrap_or_default();
    history.replace_state_with_url(&state, "", Some(&address)).ok()
}

/// The languages that the user has told the browser, the best first.
pub(crate) fn languages() -> Vec<String> {
    let languages = web_sys::window().map(|window| window.navigator().languages()).unwrap_or_default();
    languages.iter().filter_map(|tag| tag.as_string()).collect()
}

/// Says of the whole page in which language it is.
pub(crate) fn set_language(tag: &str, right_to_left: bool) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        drop(root.set_attribute("lang", tag));
        drop(root.set_attribute("dir", if right_to_left { "rtl" } else { "ltr" }));
    }
}

/// How the browser names itself. For words only: what it can do is asked of it directly.
pub(crate) fn user_agent() -> String {
    web_sys::window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default()
}
