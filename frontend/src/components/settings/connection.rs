use leptos::prelude::*;

use crate::sdk;
use crate::state::Phone;

/// What the phone is connected through, and the versions of its parts.
#[component]
pub(crate) fn Connection() -> impl IntoView {
    let phone = expect_context::<Phone>();
    view! {
        <section class="settings-part" aria-labelledby="connection-heading">
            <h3 id="connection-heading">"Connection"</h3>
            <dl class="facts">
                <dt>"Connected through"</dt>
                <dd id="edge">{move || phone.edge.get().unwrap_or_else(|| "–".to_owned())}</dd>
                <dt>"Sidetone"</dt>
                <dd>{env!("CARGO_PKG_VERSION")}</dd>
                <dt>"Twilio Voice SDK"</dt>
                <dd>{sdk::version()}</dd>
            </dl>
        </section>
    }
}
