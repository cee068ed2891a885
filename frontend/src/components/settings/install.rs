use leptos::prelude::*;

use crate::state::{Install, Phone};
use crate::text;

/// Makes the page an app, where the browser offers that; nothing is shown where it does not.
#[component]
pub(crate) fn InstallApp() -> impl IntoView {
    let outside = expect_context::<Phone>().outside;
    move || {
        let install = outside.install.get();
        (install != Install::Impossible).then(|| {
            let offered = install == Install::Offered;
            let words = if offered { text::install::offer() } else { text::install::installed() };
            view! {
                <section class="settings-part" aria-labelledby="install-heading">
                    <h3 id="install-heading">{text::install::heading()}</h3>
                    <p class="soft">{words}</p>
                    <button
                        id="install-button"
                        type="button"
                        class="text-button"
                        hidden=!offered
                        on:click=move |_| outside.install()
                    >
                        {text::install::button()}
                    </button>
                </section>
            }
        })
    }
}
