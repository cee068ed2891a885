/// A name for an outgoing call ([`shared::api::ATTEMPT_PARAM`]). It only has to be unique among one line's calls, so the
/// browser's plain random numbers will do.
pub(crate) fn attempt() -> String {
    format!("AT{:08x}{:08x}{:08x}{:08x}", seed(), seed(), seed(), seed())
}

/// For jitter.
pub(crate) fn seed() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}
