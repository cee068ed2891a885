//! Notifications of the desktop.

use js_sys::{Array, Object, Promise, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission, ServiceWorkerRegistration};

use super::Listener;
use crate::model::Permission;

/// What the browser lets this page do.
pub(crate) fn permission() -> Permission {
    if !Reflect::has(&js_sys::global(), &JsValue::from_str("Notification")).unwrap_or(false) {
        return Permission::Unsupported;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Permission::Granted,
        NotificationPermission::Denied => Permission::Denied,
        _ => Permission::NotAsked,
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

/// A notification that is shown until this value is dropped.
pub(crate) enum Notice {
    /// By the service worker: it has buttons, and a click reaches us even in a page that sleeps.
    Worker { registration: ServiceWorkerRegistration, shown: Promise, about: String },
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
        let shown = registration.show_notification_with_options(words.title, &options).ok()?;
        Some(Self::Worker { registration, shown, about: words.about.to_owned() })
    }
}

impl Drop for Notice {
    fn drop(&mut self) {
        match self {
            Self::Page { notification, .. } => notification.close(),
            Self::Worker { registration, shown, about } => {
                let (registration, shown, about) = (registration.clone(), shown.clone(), about.clone());
                spawn_local(async move {
                    // It can be found, to be closed, once it is shown.
                    drop(JsFuture::from(shown).await);
                    close(&registration, Some(&about)).await;
                });
            }
        }
    }
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
