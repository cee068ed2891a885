use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

/// What all tabs of this origin that have opened the same name say and hear. Closed when dropped.
pub(crate) struct Channel {
    raw: BroadcastChannel,
    _hear: Closure<dyn Fn(MessageEvent)>,
}

impl Channel {
    /// `None` where the browser has no channels.
    pub(crate) fn open(name: &str, hear: impl Fn(Vec<u8>) + 'static) -> Option<Self> {
        let raw = BroadcastChannel::new(name).ok()?;
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |ev: MessageEvent| {
            hear(ev.data().dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default());
        });
        raw.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        Some(Self { raw, _hear: hear })
    }

    /// To all others; this one does not hear it.
    pub(crate) fn send(&self, bytes: &[u8]) {
        // Fails on a closed channel only.
        drop(self.raw.post_message(&Uint8Array::from(bytes)));
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.raw.set_onmessage(None);
        self.raw.close();
    }
}
