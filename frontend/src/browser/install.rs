//! Being installed as an app, and opened by the system with something to do.

use js_sys::{Promise, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::Listener;
use super::page;

#[wasm_bindgen]
extern "C" {
    /// <https://developer.mozilla.org/en-US/docs/Web/API/BeforeInstallPromptEvent>, of Chromium's browsers only.
    type BeforeInstallPromptEvent;
    #[wasm_bindgen(method, js_name = preventDefault)]
    fn prevent_default(this: &BeforeInstallPromptEvent);
    #[wasm_bindgen(method, catch)]
    fn prompt(this: &BeforeInstallPromptEvent) -> Result<Promise, JsValue>;

    /// <https://wicg.github.io/web-app-launch/#launchqueue-interface>
    type LaunchQueue;
    #[wasm_bindgen(method, js_name = setConsumer)]
    fn set_consumer(this: &LaunchQueue, consumer: &JsValue);
}

/// The browser would install the page; may be taken up once.
pub(crate) struct InstallOffer(BeforeInstallPromptEvent);

impl InstallOffer {
    /// The browser asks the user. To be called in a click.
    pub(crate) fn take_up(self) {
        if let Ok(shown) = self.0.prompt() {
            spawn_local(async move { drop(JsFuture::from(shown).await) });
        }
    }
}

/// Hears of the offer, which comes when the browser finds the page fit for it, and of its having been installed.
pub(crate) fn listen(
    offered: impl Fn(InstallOffer) + 'static,
    installed: impl Fn() + 'static,
) -> Option<[Listener; 2]> {
    let window = web_sys::window()?;
    let offers = Listener::new(&window, "beforeinstallprompt", move |event| {
        let event = event.unchecked_into::<BeforeInstallPromptEvent>();
        // The settings have a button for it; nothing slides over the keys of the phone.
        event.prevent_default();
        offered(InstallOffer(event));
    });
    Some([offers, Listener::new(&window, "appinstalled", move |_| installed())])
}

/// The page is in a window of its own.
pub(crate) fn is_app_window() -> bool {
    let matches = |window: web_sys::Window| window.match_media("(display-mode: standalone)").ok().flatten();
    web_sys::window().and_then(matches).is_some_and(|query| query.matches())
}

/// Names the manifest of this language. Until then there is none: browsers read it at once, and it is not what the page needs
/// first.
pub(crate) fn set_manifest(language: &str) {
    let path =
        if language == "en" { "manifest.webmanifest" } else { &format!("manifest.{language}.webmanifest") };
    let Some(document) = page::document() else { return };
    let link = document.query_selector("link[rel='manifest']").ok().flatten().or_else(|| {
        let link = document.create_element("link").ok()?;
        link.set_attribute("rel", "manifest").ok()?;
        document.head()?.append_child(&link).ok()?;
        Some(link)
    });
    if let Some(link) = link {
        drop(link.set_attribute("href", path));
    }
}

/// Addresses that the system opens in this window, which is there already, for the manifest's launch handler asks for that.
/// Where browsers have no such thing they open a page.
pub(crate) struct Launches {
    queue: LaunchQueue,
    _consumer: Closure<dyn Fn(JsValue)>,
}

impl Launches {
    pub(crate) fn listen(opened: impl Fn(&str) + 'static) -> Option<Self> {
        let queue = Reflect::get(&js_sys::global(), &JsValue::from_str("launchQueue")).ok()?;
        let queue = (!queue.is_undefined()).then(|| queue.unchecked_into::<LaunchQueue>())?;
        let consumer = Closure::<dyn Fn(JsValue)>::new(move |params: JsValue| {
            let url = Reflect::get(&params, &JsValue::from_str("targetURL"));
            if let Some(url) = url.ok().and_then(|url| url.as_string()) {
                opened(&url);
            }
        });
        queue.set_consumer(consumer.as_ref());
        Some(Self { queue, _consumer: consumer })
    }
}

impl Drop for Launches {
    fn drop(&mut self) {
        // The queue has no way to be left but to another consumer; this one makes nothing of what it is called with.
        if let Ok(nobody) = Reflect::get(&js_sys::global(), &JsValue::from_str("Boolean")) {
            self.queue.set_consumer(&nobody);
        }
    }
}
