//! The service worker (sw/sw.js): its registration, and what it and the page tell each other.

use gloo_timers::future::TimeoutFuture;
use js_sys::{Promise, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration};

use super::{Listener, page};

#[wasm_bindgen]
extern "C" {
    /// A container that may refuse at once.
    type Registrar;

    #[wasm_bindgen(method, catch)]
    fn register(this: &Registrar, path: &str) -> Result<Promise, JsValue>;
}

/// How long a newer page waits for its worker. Most need a tenth of it; without, the page is as new.
const TAKE_OVER_WITHIN_MS: u32 = 3_000;

/// What a worker tells the page.
pub(crate) enum WorkerNews {
    /// A worker of this build has been installed, or has been asked.
    Build(String),
    /// Somebody clicked on a notification: which of its actions, and of which call.
    Clicked { action: String, call: String },
}

/// The page's service worker; the browser keeps it when this is dropped.
pub(crate) struct Worker {
    registration: ServiceWorkerRegistration,
    _messages: Listener,
}

impl Worker {
    /// `None` where the browser has no service workers (plain http, some private windows) or the script cannot be had.
    pub(crate) async fn register(path: &str, news: impl Fn(WorkerNews) + 'static) -> Option<Self> {
        let container = container()?;
        let messages = Listener::new(&container, "message", move |event| {
            if let Some(told) = read(&event.unchecked_into::<MessageEvent>().data()) {
                news(told);
            }
        });
        let registered = container.unchecked_ref::<Registrar>().register(path).ok()?;
        let registration = JsFuture::from(registered).await.ok()?.unchecked_into();
        Some(Self { registration, _messages: messages })
    }

    /// Once a worker runs.
    pub(crate) fn registration(&self) -> Option<ServiceWorkerRegistration> {
        self.registration.active().map(|_| self.registration.clone())
    }

    /// Asks the browser to look for a newer script.
    pub(crate) fn look_for_update(&self) {
        if let Ok(update) = self.registration.update() {
            // Without a server there is nothing newer.
            spawn_local(async move { drop(JsFuture::from(update).await) });
        }
    }

    /// The worker that waits, if there is one, answers with [`WorkerNews::Build`].
    pub(crate) fn ask_build(&self) {
        tell(self.registration.waiting(), "which build");
    }

    /// The worker that waits need not wait any more.
    pub(crate) fn take_over(&self) {
        take_over(&self.registration);
    }
}

/// Lets the worker that waits take over, then loads the page anew. In this order: while a page loads, the worker before has
/// files to answer for, and Chromium does not replace a worker that is busy; it may then try again as late as five minutes
/// after (ServiceWorkerRegistration::IsReadyToActivate).
pub(crate) fn load_with_newer() {
    let Some(container) = container() else { return page::reload() };
    let taken_over = Listener::new(&container, "controllerchange", |_| page::reload());
    spawn_local(async move {
        let ready = container.ready().map(JsFuture::from);
        if let Ok(ready) = ready
            && let Ok(registration) = ready.await
            // Another tab may have been first.
            && take_over(&registration.unchecked_into())
        {
            TimeoutFuture::new(TAKE_OVER_WITHIN_MS).await;
        }
        drop(taken_over);
        page::reload();
    });
}

/// False when there is none that could.
fn take_over(registration: &ServiceWorkerRegistration) -> bool {
    let newer = registration.waiting().or_else(|| registration.installing());
    let found = newer.is_some();
    tell(newer, "take over");
    found
}

fn container() -> Option<ServiceWorkerContainer> {
    // Where site data is blocked, looking is an error already.
    let container = Reflect::get(&web_sys::window()?.navigator(), &"serviceWorker".into()).ok()?;
    container.is_object().then(|| container.unchecked_into())
}

fn tell(worker: Option<ServiceWorker>, what: &str) {
    if let Some(worker) = worker {
        // A worker that has gone meanwhile needs no word.
        drop(worker.post_message(&JsValue::from_str(what)));
    }
}

fn read(data: &JsValue) -> Option<WorkerNews> {
    let text = |key: &str| Reflect::get(data, &JsValue::from_str(key)).ok()?.as_string();
    if let Some(build) = text("build") {
        return Some(WorkerNews::Build(build));
    }
    Some(WorkerNews::Clicked { action: text("action")?, call: text("call")? })
}
