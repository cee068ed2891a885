use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::paths;

use super::notices;
use crate::browser::worker::{Worker, WorkerNews};
use crate::browser::{notification, page};
use crate::state::Phone;

/// How often the browser is asked to look for a newer version; it does so by itself only when a page is opened, and a phone
/// stays open for days.
const LOOK_MS: u32 = 3_600_000;

/// Registers the service worker. A newer one waits: its page is loaded when the user says so, for that ends what the page is
/// doing. The page comes from the server and not out of a cache: one that is loaded some other way is as new as the worker that
/// still waits, and lets it take over.
pub(super) fn use_worker(phone: Phone) -> StoredValue<Option<Worker>, LocalStorage> {
    let worker = StoredValue::new_local(None::<Worker>);
    let heed = move |news| match news {
        WorkerNews::Clicked { action, call } => notices::clicked(phone, &action, &call),
        WorkerNews::Build(build) if Some(&build) == page::build().as_ref() => {
            worker.try_with_value(|worker| worker.as_ref().map(Worker::take_over));
        }
        WorkerNews::Build(_) => phone.outside.own.new_version.set(true),
    };
    spawn_local(async move {
        let Some(registered) = Worker::register(paths::SERVICE_WORKER, heed).await else { return };
        if let Some(registration) = registered.registration() {
            // Of a page that went while it rang.
            notification::close(&registration, None).await;
        }
        registered.ask_build();
        worker.try_set_value(Some(registered));
    });
    StoredValue::new_local(Interval::new(LOOK_MS, move || {
        worker.try_with_value(|worker| worker.as_ref().map(Worker::look_for_update));
    }));
    worker
}
