use gloo_net::http::Method;
use shared::api::{DemoWorld, paths};

use super::http;

/// The demo world; `None` outside the demo. An aid only: its failure is no error.
pub(crate) async fn demo_world() -> Option<DemoWorld> {
    http::request(Method::GET, paths::DEMO).await.ok()
}
