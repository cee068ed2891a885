//! The exchange without sockets, clocks and audio.

mod calls;
mod desk;
mod gather;
mod random;
mod record;
mod rest;
