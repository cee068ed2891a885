/// The exchange's own name for a mouth and an ear; the runtime knows the endpoint behind it.
pub type MediaKey = u64;
