use leptos::prelude::*;

use super::field::field;
use crate::browser::{clock, places};
use crate::state::Phone;
use crate::text;

/// Who and where the far end is: the name of a line of this server, the country, and what the clocks show there.
#[component]
pub(super) fn FarEnd() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let name = field(phone, |call| call.far_end.as_ref().and_then(|far_end| far_end.name.clone()));
    let country = Memo::new(move |_| {
        field(phone, |call| call.peer.number()?.country())().flatten().map(text::country_name)
    });
    let zones = Memo::new(move |_| {
        field(phone, |call| call.far_end.as_ref().map(|far_end| far_end.time_zones.clone()))().flatten()
    });
    let minute = Memo::new(move |_| {
        // As often as the phone looks at the time.
        phone.calls.now_ms.track();
        clock::wall_ms() / 60_000
    });
    let time = move || times(&zones.get()?, minute.get() * 60_000);
    view! {
        <p id="far-end" class="call-facts">
            <strong id="far-end-name">{move || name().flatten()}</strong>
            <span id="far-end-country">{country}</span>
            <span id="far-end-time">{time}</span>
        </p>
    }
}

/// The local time, or from the earliest to the latest where the number does not say which.
fn times(zones: &[String], now_ms: u64) -> Option<String> {
    let tag = text::current().tag;
    let mut times: Vec<String> = Vec::new();
    for time in zones.iter().filter_map(|zone| places::time_in(tag, zone, now_ms)) {
        if !times.contains(&time) {
            times.push(time);
        }
    }
    match times.as_slice() {
        [] => None,
        [time] => Some(text::country::local_time(time)),
        [one, other] => Some(text::country::one_of_two_times(one, other)),
        _ => None,
    }
}
