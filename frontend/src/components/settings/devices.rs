use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::SignedInDevice;

use crate::browser::{clock, page};
use crate::components::sign_in::FormError;
use crate::messages;
use crate::state::Settings;
use crate::text;

/// The browsers in which the line is signed in, and how to change that.
#[component]
pub(crate) fn Devices(settings: Settings) -> impl IntoView {
    let error = RwSignal::new(None::<String>);
    let asking = RwSignal::new(false);
    spawn_local(settings.load_devices());
    let list = move || match settings.devices.get() {
        None => view! { <p class="soft">{text::app::loading()}</p> }.into_any(),
        Some(Err(why)) => view! { <p class="soft">{why}</p> }.into_any(),
        Some(Ok(devices)) => {
            let rows = devices.into_iter().map(|device| view! { <DeviceRow device settings error /> });
            view! { <ul class="device-list">{rows.collect_view()}</ul> }.into_any()
        }
    };
    let everywhere = move |_| {
        spawn_local(async move {
            // On success, this is gone.
            if let Err(why) = settings.sign_out_everywhere().await {
                error.try_set(Some(why));
            }
        });
    };
    let cancel = move |_| {
        asking.set(false);
        page::focus_id_soon("sign-out-everywhere");
    };
    view! {
        <section class="settings-part" aria-labelledby="devices-heading">
            <h3 id="devices-heading">{text::devices::heading()}</h3>
            {list}
            <FormError id="devices-error" words=error />
            {move || {
                if asking.get() {
                    view! {
                        <div class="question" role="group" aria-labelledby="everywhere-question">
                            <p id="everywhere-question">
                                {text::devices::question()}
                            </p>
                            <div class="question-answers">
                                <button
                                    id="sign-out-everywhere-yes"
                                    type="button"
                                    class="action action-end"
                                    on:click=everywhere
                                >
                                    {text::devices::sign_out_everywhere()}
                                </button>
                                <button
                                    id="sign-out-everywhere-no"
                                    type="button"
                                    class="action action-quiet"
                                    on:click=cancel
                                >
                                    {text::app::cancel()}
                                </button>
                            </div>
                        </div>
                    }
                        .into_any()
                } else {
                    view! {
                        <button
                            id="sign-out-everywhere"
                            type="button"
                            class="text-button"
                            on:click=move |_| {
                                asking.set(true);
                                page::focus_id_soon("sign-out-everywhere-no");
                            }
                        >
                            {text::devices::sign_out_everywhere_open()}
                        </button>
                    }
                        .into_any()
                }
            }}
        </section>
    }
}

#[component]
fn DeviceRow(device: SignedInDevice, settings: Settings, error: RwSignal<Option<String>>) -> impl IntoView {
    let history = messages::device_history(&device, clock::wall_s());
    let SignedInDevice { id, name, current, .. } = device;
    // Rows take each other's place, and two browsers may have one name.
    let about = id.clone();
    let name = messages::device_name(&name);
    let label = text::devices::sign_out_one(&name);
    let sign_out = move |_| {
        let id = id.clone();
        spawn_local(async move {
            let result = settings.sign_out(&id).await;
            error.try_set(result.err());
            // The row is gone, and the focus must not be lost with it.
            page::focus_id_soon("settings");
        });
    };
    view! {
        <li class="device" data-current=current.to_string() data-about=about>
            <span class="device-name">{name}</span>
            {if current {
                view! { <span class="device-this">{text::devices::this()}</span> }.into_any()
            } else {
                view! {
                    <button type="button" class="quiet-button" aria-label=label on:click=sign_out>
                        {text::devices::sign_out()}
                    </button>
                }
                    .into_any()
            }}
            <span class="device-history">{history}</span>
        </li>
    }
}
