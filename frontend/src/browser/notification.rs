//! Notifications of the desktop.

use std::cell::RefCell;
use std::future::Future;

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Notification, NotificationOptions, ServiceWorkerRegistration};

use super::Listener;
use crate::model::Permission;

/// What the browser lets this page do.
pub(crate) fn permission() -> Permission {
    let class = Reflect::get(&js_sys::global(), &JsValue::from_str("Notification"));
    let permission = class.and_then(|class| Reflect::get(&class, &JsValue::from_str("permission")));
    match permission.ok().and_then(|permission| permission.as_string()).as_deref() {
        None => Permission::Unsupported,
        Some("granted") => Permission::Granted,
        Some("denied") => Permission::Denied,
        Some(_) => Permission::NotAsked,
    }
}

/// Lets the browser ask the user. To be called in a click.
pub(crate) async fn ask() {
    if permission() == Permission::NotAsked
        && let Ok(answer) = Notification::request_permission()
    {
        drop(JsFuture::from(answer).await);
    }
}

/// What a notification says.
pub(crate) struct Words<'a> {
    pub(crate) title: &'a str,
    pub(crate) body: &'a str,
    pub(crate) language: &'a str,
    /// Name and label of its buttons; systems show two at most.
    pub(crate) actions: &'a [(&'static str, &'static str)],
    /// Stays until somebody does something about it.
    pub(crate) stays: bool,
    /// Comes back with a click on it; and two of the same replace each other.
    pub(crate) about: &'a str,
}

/// A notification that is shown until this value is dropped, and every other one that the worker shows about the same.
pub(crate) enum Notice {
    /// By the service worker: it has buttons, and a click reaches us even in a page that sleeps.
    Worker { registration: ServiceWorkerRegistration, about: String },
    /// By the page, where there is no worker: a click brings the page to the front.
    Page { notification: Notification, _click: Listener },
}

impl Notice {
    /// `None` when the browser refuses.
    pub(crate) fn show(registration: Option<ServiceWorkerRegistration>, words: &Words<'_>) -> Option<Self> {
        let options = NotificationOptions::new();
        options.set_body(words.body);
        options.set_lang(words.language);
        options.set_tag(words.about);
        options.set_icon("icon-192.png");
        options.set_data(&JsValue::from_str(words.about));
        options.set_require_interaction(words.stays);
        // The phone rings by itself.
        options.set_silent(Some(true));
        let Some(registration) = registration else {
            let notification = Notification::new_with_options(words.title, &options).ok()?;
            let click = Listener::new(&notification, "click", |_| {
                if let Some(window) = web_sys::window() {
                    drop(window.focus());
                }
            });
            return Some(Self::Page { notification, _click: click });
        };
        options
            .set_actions(&words.actions.iter().map(|(name, label)| action(name, label)).collect::<Array>());
        let (shown_by, title) = (registration.clone(), words.title.to_owned());
        in_turn(async move {
            if let Ok(shown) = shown_by.show_notification_with_options(&title, &options) {
                drop(JsFuture::from(shown).await);
            }
        });
        let about = words.about.to_owned();
        ABOUT.with_borrow_mut(|shown| shown.push(about.clone()));
        Some(Self::Worker { registration, about })
    }
}

impl Drop for Notice {
    fn drop(&mut self) {
        match self {
            Self::Page { notification, .. } => notification.close(),
            Self::Worker { registration, about } => {
                let about = std::mem::take(about);
                let another_is_shown = ABOUT.with_borrow_mut(|shown| {
                    let this = shown.iter().position(|other| *other == about);
                    this.map(|place| shown.swap_remove(place));
                    shown.contains(&about)
                });
                // The system has put it in the place of this one: there is nothing left to close.
                if !another_is_shown {
                    let registration = registration.clone();
                    in_turn(async move { close(&registration, Some(&about)).await });
                }
            }
        }
    }
}

thread_local! {
    /// What the worker's notifications are about.
    static ABOUT: RefCell<Vec<String>> = const { RefCell::new(vec![]) };
    /// The last of what is shown and closed by the worker.
    static LAST: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// One after the other. A notification can be found, to be closed, once it is shown; and Chromium forgets one that is being
/// shown while others are looked for.
fn in_turn(task: impl Future<Output = ()> + 'static) {
    let before = LAST.take();
    let task = future_to_promise(async move {
        if let Some(before) = before {
            drop(JsFuture::from(before).await);
        }
        task.await;
        Ok(JsValue::UNDEFINED)
    });
    LAST.set(Some(task));
}

/// Closes the notifications about this, or all that are left over from a page that has gone.
pub(crate) async fn close(registration: &ServiceWorkerRegistration, about: Option<&str>) {
    let Ok(found) = registration.get_notifications() else { return };
    let Ok(found) = JsFuture::from(found).await else { return };
    for notification in Array::from(&found).iter() {
        let notification = notification.unchecked_into::<Notification>();
        if about.is_none() || notification.tag().as_deref() == about {
            notification.close();
        }
    }
}

fn action(name: &str, label: &str) -> JsValue {
    let action = Object::new();
    for (key, value) in [("action", name), ("title", label)] {
        // A plain object takes every property.
        drop(Reflect::set(&action, &JsValue::from_str(key), &JsValue::from_str(value)));
    }
    action.into()
}
