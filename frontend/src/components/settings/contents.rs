use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::browser::page;
use crate::text;

/// The way to each section. Reads the headings that are there, so that no section has to be named twice.
#[component]
pub(super) fn Contents() -> impl IntoView {
    let headings = RwSignal::new_local(Vec::<HtmlElement>::new());
    spawn_local(async move {
        // Once the sections are on the page.
        TimeoutFuture::new(0).await;
        headings.try_set(find());
    });
    let entry = |heading: HtmlElement| {
        let words = heading.text_content();
        view! {
            <li>
                <button type="button" class="chip" on:click=move |_| go_to(&heading)>
                    {words}
                </button>
            </li>
        }
    };
    view! {
        <nav class="contents" aria-label=text::settings::contents()>
            <ul>{move || headings.get().into_iter().map(entry).collect_view()}</ul>
        </nav>
    }
}

fn find() -> Vec<HtmlElement> {
    let Some(found) = page::document()
        .and_then(|document| document.query_selector_all("#settings .settings-part > h3").ok())
    else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}

/// Keys go on there, and screen readers read from there.
fn go_to(heading: &HtmlElement) {
    drop(heading.set_attribute("tabindex", "-1"));
    drop(heading.focus());
    let section: Option<Element> = heading.closest(".settings-part").ok().flatten();
    if let Some(section) = section {
        section.scroll_into_view();
    }
}
