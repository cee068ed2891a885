use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlElement, KeyboardEvent, Node, Window};

use super::hand::{self, Guard};
use super::page;

/// A small window of the browser that a part of this page has moved to: the part itself and no copy of it, so that
/// whatever changes it and listens to it goes on. Dropping this brings the part back and closes the window.
///
/// Where there is Document Picture-in-Picture (Chromium), the window stays above all others; elsewhere it is an ordinary
/// one.
pub(crate) struct SecondWindow {
    window: Window,
    part: HtmlElement,
    /// Keeps the part's place in the page.
    place: Node,
    on_hide: Closure<dyn FnMut()>,
    on_key: Closure<dyn FnMut(KeyboardEvent)>,
    guard: Option<Guard>,
}

impl SecondWindow {
    /// Must be called in answer to a click or a key. `on_hide`: the user has closed the window; the part is back
    /// already. `on_key`: keys pressed in it.
    ///
    /// `None` where the browser opens no window.
    pub(crate) async fn open(
        part: HtmlElement,
        (width, height): (u32, u32),
        title: &str,
        mut on_hide: impl FnMut() + 'static,
        on_key: impl FnMut(KeyboardEvent) + 'static,
    ) -> Option<Self> {
        let window = match floating(width, height).await {
            Some(window) => window,
            None => ordinary(width, height)?,
        };
        let document = window.document()?;
        let main = dress(&document, title)?;
        let place: Node = page::document()?.create_comment("").into();
        part.parent_node()?.insert_before(&place, Some(&part)).ok()?;
        main.append_child(&part).ok()?;
        let on_hide = {
            let (part, place) = (part.clone(), place.clone());
            Closure::new(move || {
                bring_back(&part, &place);
                on_hide();
            })
        };
        let on_key = Closure::new(on_key);
        // The page goes, and with it what the window shows.
        for leaving in [Some(&window), web_sys::window().as_ref()].into_iter().flatten() {
            leaving.add_event_listener_with_callback("pagehide", on_hide.as_ref().unchecked_ref()).ok()?;
        }
        window.add_event_listener_with_callback("keydown", on_key.as_ref().unchecked_ref()).ok()?;
        let guard = Guard::new(window.clone());
        Some(Self { window, part, place, on_hide, on_key, guard })
    }
}

impl Drop for SecondWindow {
    fn drop(&mut self) {
        let on_hide = self.on_hide.as_ref().unchecked_ref();
        for window in [Some(&self.window), web_sys::window().as_ref()].into_iter().flatten() {
            drop(window.remove_event_listener_with_callback("pagehide", on_hide));
        }
        drop(
            self.window.remove_event_listener_with_callback("keydown", self.on_key.as_ref().unchecked_ref()),
        );
        drop(self.guard.take());
        bring_back(&self.part, &self.place);
        drop(self.window.close());
        // A second click in it lands on what lay below.
        hand::page_is_uncovered();
    }
}

/// Once: the place is gone afterwards.
fn bring_back(part: &HtmlElement, place: &Node) {
    if let Some(parent) = place.parent_node() {
        drop(parent.replace_child(part, place));
    }
}

/// By `documentPictureInPicture.requestWindow` (WICG Document Picture-in-Picture), which `web_sys` does not know.
async fn floating(width: u32, height: u32) -> Option<Window> {
    let api = Reflect::get(&web_sys::window()?.into(), &"documentPictureInPicture".into()).ok()?;
    let request: Function = Reflect::get(&api, &"requestWindow".into()).ok()?.dyn_into().ok()?;
    let size = Object::new();
    Reflect::set(&size, &"width".into(), &width.into()).ok()?;
    Reflect::set(&size, &"height".into(), &height.into()).ok()?;
    let promise: Promise = request.call1(&api, &size).ok()?.dyn_into().ok()?;
    // A window of another realm is no `instanceof` of this one's class.
    JsFuture::from(promise).await.ok().map(JsCast::unchecked_into)
}

fn ordinary(width: u32, height: u32) -> Option<Window> {
    let features = format!("popup,width={width},height={height}");
    web_sys::window()?.open_with_url_and_target_and_features("", "sidetone-call", &features).ok()?
}

/// The page's language, direction, word on translators and style sheets, and a heading for who cannot see where they are. Gives the place for what
/// is shown.
fn dress(document: &Document, title: &str) -> Option<Node> {
    let page = page::document()?;
    let (from, to) = (page.document_element()?, document.document_element()?);
    for name in ["lang", "dir", "translate"] {
        if let Some(value) = from.get_attribute(name) {
            drop(to.set_attribute(name, &value));
        }
    }
    let (head, body) = (document.head()?, document.body()?);
    // An ordinary window may be one that was open before.
    head.set_inner_html("");
    body.set_inner_html("");
    body.set_class_name("popped");
    // Only now: it stands in the head.
    document.set_title(title);
    let (main, heading) = (document.create_element("main").ok()?, document.create_element("h1").ok()?);
    heading.set_class_name("visually-hidden");
    heading.set_text_content(Some(title));
    drop(main.append_child(&heading));
    drop(body.append_child(&main));
    let base = document.create_element("base").ok()?;
    drop(base.set_attribute("href", &page.base_uri().ok()??));
    drop(head.append_child(&base));
    let sheets = page.query_selector_all("link[rel=stylesheet]").ok()?;
    for index in 0..sheets.length() {
        drop(head.append_child(&sheets.get(index)?.clone_node().ok()?));
    }
    Some(main.into())
}
