use crate::core::method::Method;

/// What a request changes beside the account. The exchange does it, before the answer goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// The call ends.
    EndCall {
        /// The leg.
        sid: String,
    },
    /// Nothing is left of a call that is over.
    ForgetCall {
        /// The leg.
        sid: String,
    },
    /// The leg leaves what it does for another document.
    Run {
        /// The leg; it is answered.
        sid: String,
        /// The document.
        document: Source,
    },
}

/// Where a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// At the application; absolute.
    Url(String, Method),
    /// Here.
    Twiml(String),
}
