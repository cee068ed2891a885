use gloo_timers::callback::Interval;
use leptos::html::Span;
use leptos::prelude::*;
use web_sys::MediaStream;

use crate::browser::meter::Meter;
use crate::model::audio::meter_percent;
use crate::text;

/// Ten times a second.
const PAUSE_MS: u32 = 100;

/// A bar that moves with what the microphone hears. The stream is asked for until there is one.
#[component]
pub(crate) fn Level(stream: impl Fn() -> Option<MediaStream> + 'static) -> impl IntoView {
    let bar = NodeRef::<Span>::new();
    let mut meter = None::<(String, Meter)>;
    let mut shown = None;
    let interval = Interval::new(PAUSE_MS, move || {
        let stream = stream();
        // Another microphone is another stream.
        let id = stream.as_ref().map(MediaStream::id);
        if meter.as_ref().map(|(id, _)| id) != id.as_ref() {
            meter = stream.and_then(|stream| Some((stream.id(), Meter::new(&stream)?)));
        }
        let percent = meter.as_ref().map_or(0, |(_, meter)| meter_percent(meter.level()));
        if shown != Some(percent)
            && let Some(bar) = bar.get_untracked()
        {
            shown = Some(percent);
            let percent = percent.to_string();
            drop(bar.set_attribute("aria-valuenow", &percent));
            drop(web_sys::HtmlElement::style(&bar).set_property("--level", &percent));
        }
    });
    on_cleanup_local(interval);
    view! {
        <span
            class="level"
            node_ref=bar
            role="meter"
            aria-label=text::audio::level()
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow="0"
        ></span>
    }
}

/// Drops a value of the browser with the owner of this.
fn on_cleanup_local(value: Interval) {
    let held = StoredValue::new_local(Some(value));
    on_cleanup(move || drop(held.try_update_value(Option::take)));
}
