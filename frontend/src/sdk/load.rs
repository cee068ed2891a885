use shared::api::{Signaling, paths};

use crate::browser::script;
use crate::model::OfflineReason;

/// What the shim leaves behind.
const SHIM_GLOBAL: &str = "emulatorShim";
const SDK_GLOBAL: &str = "Twilio";

/// Makes sure that the SDK is there; the page's own tags have loaded it, unless something went wrong.
///
/// Signaling without TLS needs the shim before it, for the SDK captures `WebSocket` when it loads. The server puts the shim
/// into the page; `trunk serve` does not, and then the SDK is loaded once more after the shim.
pub(crate) async fn load(signaling: &Signaling) -> Result<(), OfflineReason> {
    script::own_have_run().await;
    let lacks_shim = signaling.emulator.is_some() && !script::has_global(SHIM_GLOBAL);
    if lacks_shim {
        script::load(paths::EMULATOR_SHIM).await.map_err(|()| OfflineReason::SdkMissing)?;
        script::forget_global(SDK_GLOBAL);
    }
    if !script::has_global(SDK_GLOBAL) {
        script::load(paths::SDK).await.map_err(|()| OfflineReason::SdkMissing)?;
    }
    if !script::has_global(SDK_GLOBAL) {
        return Err(OfflineReason::SdkMissing);
    }
    if super::raw::Device::is_supported() { Ok(()) } else { Err(OfflineReason::BrowserUnfit) }
}

/// The SDK's version, once it is loaded.
pub(crate) fn version() -> Option<String> {
    script::has_global(SDK_GLOBAL).then(super::raw::Device::version)
}
