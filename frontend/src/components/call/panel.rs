use leptos::prelude::*;

use super::ended::Ended;
use super::field::field;
use super::head::Head;
use super::in_call::InCall;
use super::incoming::Incoming;
use crate::components::lazy::lazy_part;
use crate::model::Phase;
use crate::state::{Dialing, Phone};
use crate::text;

lazy_part! {
    /// No call comes before the line is registered, and then the code is fetched at once.
    pub(crate) fn call_panel(dialing: Dialing) -> AnyView {
        view! { <CallPanel dialing /> }.into_any()
    }
}

/// Which buttons are shown. Changes less often than the call, so that the focus survives.
#[derive(Clone, Copy, PartialEq)]
enum Controls {
    Incoming,
    InCall,
    Ended,
}

/// The current call, or how it ended.
#[component]
fn CallPanel(dialing: Dialing) -> impl IntoView {
    let phone = expect_context::<Phone>();
    let state = field(phone, |call| match call.phase {
        Phase::Incoming => "incoming",
        Phase::Connecting => "connecting",
        Phase::Ringing => "ringing",
        Phase::Open => "open",
        Phase::Reconnecting => "reconnecting",
        Phase::Ended => "ended",
    });
    let controls = field(phone, |call| match call.phase {
        Phase::Incoming => Controls::Incoming,
        Phase::Ended => Controls::Ended,
        Phase::Connecting | Phase::Ringing | Phase::Open | Phase::Reconnecting => Controls::InCall,
    });
    // A new call in the place of an ended one is a new panel.
    let shown = Memo::new(move |_| (field(phone, |call| call.leg)(), controls()));
    let sid = field(phone, |call| call.sid.clone());
    view! {
        <section
            id="call"
            class="call"
            aria-label=text::call::call()
            data-state=state
            data-call-sid=move || sid().flatten()
            data-about=move || shown.get().0.map(|leg| leg.0.to_string())
        >
            <Head />
            {move || match shown.get().1 {
                Some(Controls::Incoming) => view! { <Incoming /> }.into_any(),
                Some(Controls::InCall) => view! { <InCall /> }.into_any(),
                Some(Controls::Ended) => view! { <Ended dialing /> }.into_any(),
                None => ().into_any(),
            }}
        </section>
    }
}
