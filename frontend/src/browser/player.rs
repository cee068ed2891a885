use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlAudioElement;

#[wasm_bindgen]
extern "C" {
    /// An element that can send its sound to a device of one's choice; not every browser has them.
    #[wasm_bindgen(extends = HtmlAudioElement)]
    type Sinkable;

    #[wasm_bindgen(method, js_name = setSinkId, catch)]
    fn set_sink_id(this: &Sinkable, id: &str) -> Result<Promise, JsValue>;
}

/// A sound that plays; it stops when this value is dropped.
pub(crate) struct Player {
    element: HtmlAudioElement,
}

impl Player {
    /// Plays what is at the address, on the device with this id or on the system's.
    ///
    /// # Errors
    /// The sound cannot be had, or the browser does not let it out.
    pub(crate) async fn start(address: &str, device: Option<&str>) -> Result<Self, JsValue> {
        let element = HtmlAudioElement::new_with_src(address)?;
        if let Some(id) = device {
            // Better on another device than not at all.
            if let Ok(sent) = element.unchecked_ref::<Sinkable>().set_sink_id(id) {
                drop(JsFuture::from(sent).await);
            }
        }
        JsFuture::from(element.play()?).await?;
        Ok(Self { element })
    }

    /// Waits for the end of the sound.
    pub(crate) async fn finish(&self) {
        let ended = Promise::new(&mut |resolve, _| {
            self.element.set_onended(Some(&resolve));
            self.element.set_onpause(Some(&resolve));
        });
        if !self.element.ended() {
            drop(JsFuture::from(ended).await);
        }
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        drop(self.element.pause());
    }
}
