/// A name for an outgoing call ([`shared::api::ATTEMPT_PARAM`]). It only has to be unique among one line's calls, so the
/// browser's plain random numbers will do.
pub(crate) fn attempt() -> String {
    let part = || (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("AT{:08x}{:08x}{:08x}{:08x}", part(), part(), part(), part())
}
