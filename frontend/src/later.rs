//! Code that a release build loads later, in a file of its own (scripts/program.mjs); a development build is one file.

/// The code could not be fetched: the network is down, or the server has a newer version of it.
#[derive(Debug)]
pub(crate) struct NotLoaded;

#[cfg(split)]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}
