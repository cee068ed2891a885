//! Three clocks, and what each is for. The date jumps when the computer's clock is set, so nothing that lasts is measured by it.

use std::cell::RefCell;

use crate::model::LivedClock;

thread_local! {
    static LIVED: RefCell<LivedClock> = RefCell::default();
}

/// For how long something lasts: milliseconds that never jump, from about the Unix epoch, so that tabs of a browser are nearly
/// of one mind. Stands still in some browsers while the computer sleeps.
pub(crate) fn now_ms() -> u64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.map_or_else(wall_ms, |performance| (performance.time_origin() + performance.now()) as u64)
}

/// For what grows old while the computer sleeps as well ([`LivedClock`]).
pub(crate) fn lived_ms() -> u64 {
    LIVED.with_borrow_mut(|clock| clock.read(now_ms(), wall_ms()))
}

/// For what people call the time: milliseconds since the Unix epoch, as the computer has it.
pub(crate) fn wall_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// The same in seconds.
pub(crate) fn wall_s() -> i64 {
    (wall_ms() / 1_000) as i64
}
