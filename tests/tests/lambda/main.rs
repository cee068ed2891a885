//! `sidetone lambda`, as Lambda runs it: a process that is frozen between two events, behind an API Gateway whose events have the
//! shapes that AWS publishes.

mod caller;
mod calls;
mod faults;
mod foreign;
mod publish;
mod requests;
mod written;
