use std::time::Duration;

use leptos::html::Select;
use leptos::prelude::*;
use shared::Country;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

use super::same_type::{live, on};
use crate::browser::{page, places};
use crate::model::Dialer;
use crate::state::{Dialing, whenever};
use crate::text;

/// Not while keys are pressed, nor before the phone is there: the first name costs the browser some 30 ms.
const NAME_AFTER: Duration = Duration::from_secs(1);

/// The country of what is typed, such as `JP +81`; a list to choose another one lies over it. The browser's own list: it is
/// searched by typing, and every screen reader and phone knows it.
#[component]
pub(crate) fn CountryPicker(dialing: Dialing) -> impl IntoView {
    let list = NodeRef::<Select>::new();
    let country = Memo::new(move |_| dialing.dialer.with(Dialer::country).map(Country::code));
    let shown = move || {
        let country = country.get().and_then(Country::from_code);
        country.map_or("+".to_owned(), |country| [country.code(), " +", country.calling_code()].concat())
    };
    let show_in = move |list: &HtmlSelectElement| {
        list.set_value(country.get_untracked().unwrap_or_default());
    };
    // 240 countries are named when somebody wants to see them.
    let fill = move || {
        let Some(list) = list.get_untracked() else { return };
        if list.length() < 2 {
            list.set_length(0);
            name_countries(&list);
        }
        show_in(&list);
    };
    let name = RwSignal::new(None);
    whenever(move || {
        let code = country.get();
        name.set(code.map(str::to_owned));
        let tell = move || {
            if country.try_get_untracked() == Some(code) {
                name.set(code.and_then(Country::from_code).map(text::country_name));
            }
        };
        set_timeout(tell, NAME_AFTER);
    });
    let by_pointer = StoredValue::new(false);
    let chosen = move || {
        let code = list.get_untracked().map(|list| list.value()).unwrap_or_default();
        if let Some(country) = Country::from_code(&code) {
            dialing.change(|dialer| dialer.choose_country(country));
            // From the keyboard, every letter of a country's name chooses one, and the next must go to the list too.
            if by_pointer.get_value() {
                page::focus_id("dial-input");
            }
        }
    };
    view! {
        <span class="dial-country">
            <span id="dial-country-code" aria-hidden="true">{live(shown)}</span>
            <select
                id="dial-country"
                node_ref=list
                aria-label=text::country::choose()
                on:pointerdown=on(move |_| {
                    by_pointer.set_value(true);
                    fill();
                })
                on:keydown=on(move |_| by_pointer.set_value(false))
                on:focus=on(move |_| fill())
                on:change=on(move |_| chosen())
            >
                // what a screen reader reads before the list is there
                <option>{live(move || name.get())}</option>
            </select>
        </span>
    }
}

fn name_countries(list: &HtmlSelectElement) {
    let tag = text::current().tag;
    let named = Country::all().map(|country| {
        let name = text::country_name(country);
        [&name, " +", country.calling_code(), "\t", country.code()].concat()
    });
    for line in places::sorted(tag, named) {
        let Some((name, code)) = line.split_once('\t') else { continue };
        let option = page::document().and_then(|document| document.create_element("option").ok());
        if let Some(option) = option.and_then(|option| option.dyn_into::<web_sys::HtmlOptionElement>().ok()) {
            option.set_text(name);
            option.set_value(code);
            drop(list.append_child(&option));
        }
    }
}
