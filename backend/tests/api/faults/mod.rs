//! What becomes of calls, minutes and sign-ins when the database's disk or file fails under a running server, and afterwards.
//! A real server on a real file, which is broken from outside.

mod files;
mod full;
mod locked;
#[cfg(target_os = "linux")]
mod memory;
mod moved;
mod served;
mod start;
mod stopping;
