use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::PhoneNumber;
use shared::api::SignedInDevice;

use super::id::id_of;
use crate::browser::{clock, page};
use crate::components::question::{Asking, Folding};
use crate::components::sign_in::FormError;
use crate::messages;
use crate::state::Admin;
use crate::text;

/// Where a line is signed in.
#[derive(Clone, Copy)]
struct Devices {
    admin: Admin,
    number: StoredValue<PhoneNumber>,
    /// `None` until the server has answered.
    list: RwSignal<Option<Result<Vec<SignedInDevice>, String>>>,
}

impl Devices {
    async fn load(self) {
        let Some(number) = self.number.try_get_value() else { return };
        let answer = self.admin.devices(&number).await;
        self.list.try_set(Some(answer));
    }

    async fn sign_out(self, id: Option<&str>) -> Result<(), String> {
        let Some(number) = self.number.try_get_value() else { return Ok(()) };
        let done = self.admin.sign_out(&number, id).await;
        self.load().await;
        done
    }
}

/// The browsers in which a line is signed in, and how to change that for its user.
#[component]
pub(super) fn LineDevices(admin: Admin, number: PhoneNumber) -> impl IntoView {
    let devices = Devices { admin, number: StoredValue::new(number.clone()), list: RwSignal::new(None) };
    let error = RwSignal::new(None::<String>);
    let heading = id_of("devices", &number);
    spawn_local(devices.load());
    let everywhere = Callback::new(move |folding: Folding| {
        spawn_local(async move { folding.end(devices.sign_out(None).await) });
    });
    let labelled = heading.clone();
    let list = move || match devices.list.get() {
        None => view! { <p class="soft">{text::app::loading()}</p> }.into_any(),
        Some(Err(why)) => view! { <p class="soft">{why}</p> }.into_any(),
        Some(Ok(list)) if list.is_empty() => {
            view! { <p class="soft">{text::admin::no_devices()}</p> }.into_any()
        }
        Some(Ok(list)) => {
            let focus = heading.clone();
            let row = move |device| view! { <Row devices device error focus=focus.clone() /> };
            view! {
                <ul class="device-list">{list.into_iter().map(row).collect_view()}</ul>
                <Asking
                    id=id_of("everywhere", &number)
                    open=text::devices::sign_out_everywhere_open()
                    words=text::admin::everywhere_question(&number.international())
                    yes=text::devices::sign_out_everywhere()
                    on_yes=everywhere
                />
            }
            .into_any()
        }
    };
    view! {
        <section class="admin-part">
            <h4 id=labelled tabindex="-1">{text::devices::heading()}</h4>
            <FormError id="line-devices-error" words=error />
            {list}
        </section>
    }
}

#[component]
fn Row(
    devices: Devices,
    device: SignedInDevice,
    error: RwSignal<Option<String>>,
    focus: String,
) -> impl IntoView {
    let history = messages::device_history(&device, clock::wall_s());
    let SignedInDevice { id, name, current, .. } = device;
    let about = id.clone();
    let name = messages::device_name(&name);
    let label = text::devices::sign_out_one(&name);
    let sign_out = move |_| {
        let (id, focus) = (id.clone(), focus.clone());
        spawn_local(async move {
            error.try_set(devices.sign_out(Some(&id)).await.err());
            page::focus_id_soon(focus);
        });
    };
    let end = if current {
        view! { <span class="device-this">{text::devices::this()}</span> }.into_any()
    } else {
        view! {
            <button type="button" class="quiet-button" aria-label=label on:click=sign_out>
                {text::devices::sign_out()}
            </button>
        }
        .into_any()
    };
    view! {
        <li class="device" data-about=about>
            <span class="device-name">{name}</span>
            {end}
            <span class="device-history">{history}</span>
        </li>
    }
}
