//! AWS Lambda behind API Gateway: the same app, in process. Between two events the process is frozen, so whatever an answer
//! brings about is done before it.
//!
//! - [`run()`]: what the settings must be there, and one event after the other; [`report_init_error`]: why it does not start
//! - `function`: from an event to its answer, within the time limit
//! - `event`: what API Gateway says of a request, in either version of its format; `stage`: which path is meant
//! - `request`, `response`: to the app and back; `caller`: whose request it is

mod caller;
mod event;
mod function;
mod init_error;
mod request;
mod response;
mod run;
mod stage;

pub use init_error::{RUNTIME_API, report_init_error};
pub use run::{LambdaError, check_place, run};
