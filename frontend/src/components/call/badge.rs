use leptos::prelude::*;

use super::field::field;
use crate::components::icon::Icon;
use crate::messages;
use crate::model::call::Attestation;
use crate::state::Phone;

/// What the networks say of an incoming call's number, where they say something; opened, what that means.
#[component]
pub(super) fn Badge() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let attestation = field(phone, |call| call.attestation);
    let attestation = Memo::new(move |_| attestation().flatten());
    move || {
        let attestation = attestation.get()?;
        let (words, meaning) = messages::attestation(attestation);
        let (name, icon) = match attestation {
            Attestation::Verified => ("verified", Icon::VERIFIED),
            Attestation::Failed => ("failed", Icon::UNVERIFIED),
        };
        Some(view! {
            <details id="caller-badge" class="badge" data-attestation=name>
                <summary>{icon.view()} <span>{words}</span></summary>
                <p>{meaning}</p>
            </details>
        })
    }
}
