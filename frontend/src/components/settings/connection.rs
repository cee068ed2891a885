use leptos::prelude::*;

use super::connection_test::ConnectionTest;
use crate::sdk;
use crate::state::Phone;
use crate::text;

/// What the phone is connected through, and the versions of its parts.
#[component]
pub(crate) fn Connection() -> impl IntoView {
    let phone = expect_context::<Phone>();
    view! {
        <section class="settings-part" aria-labelledby="connection-heading">
            <h3 id="connection-heading">{text::settings::connection()}</h3>
            <dl class="facts">
                <dt>{text::settings::connected_through()}</dt>
                <dd id="edge">{move || phone.line.edge.get().unwrap_or_else(|| "–".to_owned())}</dd>
                <dt>{text::settings::version()}</dt>
                <dd>{env!("CARGO_PKG_VERSION")}</dd>
                <dt>{text::settings::sdk_version()}</dt>
                <dd>{sdk::version()}</dd>
            </dl>
            <ConnectionTest />
            // Written by scripts/notices.mjs.
            <a id="third-party" class="link" href="third-party.txt" target="_blank">
                {text::settings::third_party()}
            </a>
        </section>
    }
}
