//! The entry point that is built for the browser; on any other target there is nothing to start.

fn main() {
    #[cfg(target_arch = "wasm32")]
    frontend::start();
}
