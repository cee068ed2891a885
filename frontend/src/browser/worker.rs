//! The service worker (sw/sw.js): its registration, and what it and the page tell each other.

use js_sys::Reflect;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration};

use super::Listener;

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
        let registration = JsFuture::from(container.register(path)).await.ok()?.unchecked_into();
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
        tell(self.registration.waiting().or_else(|| self.registration.installing()), "take over");
    }
}

fn container() -> Option<ServiceWorkerContainer> {
    let container = web_sys::window()?.navigator().service_worker();
    (!container.is_undefined()).then_some(container)
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
