/// What a request changes beside the account. The exchange does it, before the answer goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// The call ends.
    EndCall {
        /// The leg.
        sid: String,
    },
}
