use leptos::prelude::*;

use super::badge::Badge;
use super::far_end::FarEnd;
use super::field::field;
use super::mark::Mark;
use super::quality::{Lamp, chart_part};
use crate::components::lazy::Lazy;
use crate::messages;
use crate::model::call::clock;
use crate::model::quality::History;
use crate::state::{Phone, whenever};
use crate::text;

/// Who is at the far end and what the call is doing, from top to bottom: the mark, the status, the peer, what is known of
/// the peer, and how the conversation goes.
#[component]
pub(super) fn Head() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let peer = field(phone, |call| messages::peer(&call.peer));
    let status = field(phone, messages::call_status);
    let timer = move || {
        let now_ms = phone.calls.now_ms.get();
        phone.calls.call.with(|call| {
            // A voice that says "not dialled" answers too, but that was no conversation.
            let call = call.as_ref().filter(|call| call.was_conversation())?;
            Some(clock(call.seconds(now_ms)))
        })
    };
    let figures = RwSignal::new(false);
    // The whole call's, which only who shows them keeps.
    let history = RwSignal::new(History::default());
    whenever(move || {
        let quality = phone.calls.call.with(|call| call.as_ref().map(|call| call.quality));
        if let Some(quality) = quality.filter(|quality| quality.measured > 0) {
            history.update(|history| history.take(quality.measured, quality.latest));
        }
    });
    view! {
        <div class="call-head">
            <Mark />
            <p id="call-status" class="call-status">{status}</p>
            <p id="call-peer" class="call-peer">{peer}</p>
            <FarEnd />
            <Badge />
            <div class="call-meters">
                <p id="call-timer" class="call-timer" role="timer" hidden=move || timer().is_none()>
                    {timer}
                </p>
                <Lamp figures />
            </div>
            <p id="call-elsewhere" class="call-elsewhere" hidden=move || !phone.tabs.elsewhere.get()>
                {text::line::in_other_tab()}
            </p>
            <Show when=move || figures.get()>
                <Lazy part=move || chart_part(history) />
            </Show>
        </div>
    }
}
