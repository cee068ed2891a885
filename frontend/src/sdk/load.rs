use shared::api::{Signaling, paths};

use crate::browser::script;
use crate::model::OfflineReason;

/// Loads the SDK, once. Signaling without TLS needs the shim before it, for the SDK captures `WebSocket` when it loads.
pub(crate) async fn load(signaling: &Signaling) -> Result<(), OfflineReason> {
    if !script::has_global("Twilio") {
        if signaling.emulator.is_some() {
            script::load(paths::EMULATOR_SHIM).await.map_err(|()| OfflineReason::SdkMissing)?;
        }
        script::load(paths::SDK).await.map_err(|()| OfflineReason::SdkMissing)?;
        if !script::has_global("Twilio") {
            return Err(OfflineReason::SdkMissing);
        }
    }
    if super::raw::Device::is_supported() { Ok(()) } else { Err(OfflineReason::BrowserUnfit) }
}
