use gloo_timers::callback::Interval;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{nudge, page};
use crate::model::Phase;
use crate::state::{Phone, whenever};

/// icon.svg with another ground and a telephone (after Lucide, ISC License) while it rings, and with a mark for missed calls.
const RINGS: &str = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>\
    <rect width='32' height='32' rx='9' fill='%231a7f37'/><path transform='translate(4 4)' fill='%23fff' \
    d='M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 \
    2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384'/></svg>";
const MISSED: &str = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>\
    <rect width='32' height='32' rx='9' fill='%230f5c63'/><path d='M7 16h3M12.5 11v10M17 7.5v17M21.5 12v8M25 15v2' \
    stroke='%23f2fbfa' stroke-width='2.4' stroke-linecap='round' fill='none'/><circle cx='24' cy='8' r='7' \
    fill='%23d1242f' stroke='%23fff' stroke-width='2'/></svg>";

/// Milliseconds of vibration and rest, as telephones have it, and how often that is begun again.
const VIBRATION: [u32; 3] = [800, 400, 800];
const VIBRATION_PERIOD_MS: u32 = 4_000;

const AFTER_THE_CALL_MS: u32 = 50;

#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Rings,
    Missed,
    None,
}

/// The tab's icon, and the device's vibration while it rings.
pub(super) fn show_state(phone: Phone) {
    let Some(own) = page::icon() else { return };
    let sign = Memo::new(move |_| {
        let rings =
            phone.calls.call.with(|call| call.as_ref().is_some_and(|call| call.phase == Phase::Incoming));
        match phone.outside.missed.get() {
            _ if rings => Sign::Rings,
            0 => Sign::None,
            _ => Sign::Missed,
        }
    });
    let vibration = StoredValue::new_local(None::<Vibration>);
    let (shown, is_still) = (own.clone(), sign);
    whenever(move || {
        let sign = sign.get();
        // The call is on the screen first: another icon is milliseconds of the browser's work.
        let shown = shown.clone();
        spawn_local(async move {
            TimeoutFuture::new(AFTER_THE_CALL_MS).await;
            if is_still.try_get_untracked() == Some(sign) {
                page::set_icon(match sign {
                    Sign::Rings => RINGS,
                    Sign::Missed => MISSED,
                    Sign::None => &shown,
                });
            }
        });
        vibration.set_value((sign == Sign::Rings).then(Vibration::start));
    });
    on_cleanup(move || page::set_icon(&own));
}

/// Until this value is dropped.
struct Vibration {
    _again: Interval,
}

impl Vibration {
    fn start() -> Self {
        nudge::vibrate(&VIBRATION);
        Self { _again: Interval::new(VIBRATION_PERIOD_MS, || nudge::vibrate(&VIBRATION)) }
    }
}

impl Drop for Vibration {
    fn drop(&mut self) {
        nudge::vibrate(&[]);
    }
}
