use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::media;

// The Web Locks API, which web-sys calls unstable although every browser has had it since 2022.
#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &JsValue,
        callback: &Function,
    ) -> Result<Promise, JsValue>;
}

/// What becomes of a wish for a lock.
#[derive(Clone, Copy)]
pub(crate) enum LockNews {
    Granted,
    /// Somebody stole it.
    Lost,
    /// The browser has locks and gives none: site data is blocked. That is no other tab.
    Forbidden,
}

/// A lock of the origin, held or waited for until this value is dropped. Browsers neither freeze a page that holds one nor
/// keep it for the way back, and give the lock on when the page goes, however it goes.
pub(crate) struct Lock {
    dropped: Rc<Cell<bool>>,
    release: Function,
}

impl Lock {
    /// The browser has locks. Not so on plain http, but for this machine's own addresses.
    pub(crate) fn is_available() -> bool {
        manager().is_some()
    }

    /// Waits for the lock, or takes it from whoever has it.
    pub(crate) fn request(name: &str, steal: bool, report: impl Fn(LockNews) + 'static) -> Option<Self> {
        let manager = manager()?;
        let mut release = None;
        // The lock is held until the promise that the callback returns is settled.
        let held = Promise::new(&mut |resolve, _| release = Some(resolve));
        let lock = Self { dropped: Rc::default(), release: release? };
        let report = Rc::new(report);
        let granted: Function = Closure::once_into_js({
            let (dropped, report) = (Rc::clone(&lock.dropped), Rc::clone(&report));
            move |_: JsValue| {
                if !dropped.get() {
                    report(LockNews::Granted);
                }
                held
            }
        })
        .unchecked_into();
        let options = Object::new();
        drop(Reflect::set(&options, &"steal".into(), &steal.into()));
        let over = manager.request(name, &options, &granted);
        let dropped = Rc::clone(&lock.dropped);
        spawn_local(async move {
            let over = match over {
                Ok(over) => JsFuture::from(over).await,
                Err(error) => Err(error),
            };
            if let Err(error) = over
                && !dropped.get()
            {
                let stolen = media::error_name(&error) == "AbortError";
                report(if stolen { LockNews::Lost } else { LockNews::Forbidden });
            }
        });
        Some(lock)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.dropped.set(true);
        // Also lets go of one that is granted later.
        drop(self.release.call0(&JsValue::NULL));
    }
}

fn manager() -> Option<LockManager> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}
