//! The last words of a function that does not start.

use std::{env, time::Duration};

use serde_json::json;

use crate::web_client::client;

/// Where Lambda's own HTTP interface is: <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>. Set there, and
/// nowhere else.
pub const RUNTIME_API: &str = "AWS_LAMBDA_RUNTIME_API";

/// It is on this machine.
const PATIENCE: Duration = Duration::from_secs(2);

/// Tells Lambda why the function does not start, so that whoever invokes it reads that and not only that it ended.
pub async fn report_init_error(why: &str) {
    let Ok(api) = env::var(RUNTIME_API) else { return };
    let Ok(client) = client(|builder| builder.timeout(PATIENCE)) else { return };
    let report = json!({ "errorMessage": why, "errorType": "Sidetone.NotStarted", "stackTrace": [] });
    let asked = client
        .post(format!("http://{api}/2018-06-01/runtime/init/error"))
        .header("Lambda-Runtime-Function-Error-Type", "Sidetone.NotStarted")
        .json(&report);
    if let Err(error) = asked.send().await {
        tracing::error!("Lambda could not be told why the function does not start: {error}");
    }
}
