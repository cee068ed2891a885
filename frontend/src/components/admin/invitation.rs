use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::Invitation;
use shared::api::OneTimeCode;

use super::qr::QrCode;
use crate::browser::{clipboard, page};
use crate::text;

const LINK: &str = "invitation-link";

/// A code that was just made, as a link and as a picture of it: it is not shown again.
#[component]
pub(super) fn InvitationCard(code: OneTimeCode, done: Callback<()>) -> impl IntoView {
    let OneTimeCode { phone_number: number, code, expires_at } = code;
    let shown = number.international();
    let link = Invitation { number, code: code.clone() }.link(&page::base());
    let copied = RwSignal::new(None::<bool>);
    let copy = {
        let link = link.clone();
        move |_| {
            let link = link.clone();
            spawn_local(async move {
                let done = clipboard::copy(&link).await;
                if !done {
                    page::select_field(LINK);
                }
                copied.try_set(Some(done));
            });
        }
    };
    page::focus_id_soon("invitation");
    view! {
        <section id="invitation" class="invitation" tabindex="-1" aria-labelledby="invitation-heading">
            <h4 id="invitation-heading">{text::admin::invitation(&shown)}</h4>
            <p class="soft">{text::admin::invitation_what(&text::date_time(expires_at))}</p>
            <div class="invitation-body">
                <QrCode text=link.clone() label=text::admin::qr(&shown) />
                <div class="form">
                    <label for=LINK>{text::admin::link()}</label>
                    <input
                        id=LINK
                        type="text"
                        readonly
                        autocomplete="off"
                        value=link
                        on:focus=move |_| page::select_field(LINK)
                    />
                    <button id="copy-invitation" type="button" class="action action-brand" on:click=copy>
                        {text::admin::copy()}
                    </button>
                    <p id="copied" class="soft" role="status">
                        {move || match copied.get() {
                            None => "",
                            Some(true) => text::admin::copied(),
                            Some(false) => text::admin::not_copied(),
                        }}
                    </p>
                    <dl class="facts">
                        <dt>{text::sign_in::phone_number()}</dt>
                        <dd>{shown}</dd>
                        <dt>{text::admin::code()}</dt>
                        <dd id="invitation-code">{code}</dd>
                    </dl>
                </div>
            </div>
            <button id="invitation-done" type="button" class="action action-quiet" on:click=move |_| done.run(())>
                {text::admin::invitation_done()}
            </button>
        </section>
    }
}
