//! Several servers on one PostgreSQL behind HAProxy, as docs/deployment.md has them: real processes that may be killed.
//!
//! - [`fleet`]: the servers, and what is in front of them
//! - [`balancer`]: HAProxy with the configuration of `deploy/haproxy.cfg`
//! - [`cluster`]: a PostgreSQL server of one test, which may stop
//! - [`wire`]: a way to it that may fall silent
//! - [`twilio`]: what Twilio asks and reports, and how strict it is
//! - [`caller`]: calls whose truth is known
//! - [`chance`]: random numbers that are the same every time

pub mod balancer;
pub mod caller;
pub mod chance;
pub mod cluster;
pub mod fleet;
pub mod twilio;
pub mod wire;
