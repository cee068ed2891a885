//! AWS on this machine, as far as a function behind API Gateway sees it.
//!
//! - [`cloud`]: what the template makes of AWS; [`template`]: what it says; [`functions`]: CloudFront's
//! - [`runtime_api`]: Lambda's own HTTP interface; [`instance`]: the program there, frozen between two events
//! - [`event`]: requests and answers in AWS's own types
//! - [`database`]: a PostgreSQL database of one test; [`site`]: an operator's folder for all of it

pub mod cloud;
pub mod database;
pub mod event;
pub mod functions;
pub mod instance;
pub mod runtime_api;
pub mod site;
pub mod template;
