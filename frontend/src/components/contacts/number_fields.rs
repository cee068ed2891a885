use leptos::prelude::*;
use shared::api::contacts::{ContactNumber, MOST_NUMBERS, NumberKind};

use super::kind::{shown, words};
use crate::browser::page;
use crate::components::icon::Icon;
use crate::text;

/// A number that is being written.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Field {
    /// Tells it from the others while they come and go.
    key: u32,
    number: RwSignal<String>,
    kind: RwSignal<NumberKind>,
}

/// The numbers of a form.
#[derive(Clone, Copy)]
pub(super) struct Fields(RwSignal<Vec<Field>>);

impl Fields {
    /// One to write into, where there is none.
    pub(super) fn new(numbers: &[ContactNumber]) -> Self {
        let fields = Self(RwSignal::new(Vec::new()));
        for ContactNumber { number, kind } in numbers {
            fields.push(shown(number), *kind);
        }
        if numbers.is_empty() {
            fields.push(String::new(), NumberKind::Mobile);
        }
        fields
    }

    fn push(self, number: String, kind: NumberKind) -> u32 {
        let key = self.0.with_untracked(|fields| fields.last().map_or(0, |last| last.key + 1));
        let field = Field { key, number: RwSignal::new(number), kind: RwSignal::new(kind) };
        self.0.update(|fields| fields.push(field));
        key
    }

    /// Those that something is written in.
    pub(super) fn written(self) -> Vec<ContactNumber> {
        let fields = self.0.get_untracked().into_iter();
        let written = fields.map(|field| ContactNumber {
            number: field.number.get_untracked(),
            kind: field.kind.get_untracked(),
        });
        written.filter(|number| !number.number.trim().is_empty()).collect()
    }
}

#[component]
pub(super) fn NumberFields(fields: Fields) -> impl IntoView {
    let add = move |_| {
        let key = fields.push(String::new(), NumberKind::Other);
        page::focus_id_soon(id(key));
    };
    view! {
        <fieldset class="number-fields">
            <legend>{text::contacts::numbers()}</legend>
            <For
                each=move || fields.0.get()
                key=|field| field.key
                children=move |field| view! { <NumberField fields field /> }
            />
            {move || {
                fields
                    .0
                    .with(|all| all.len() < MOST_NUMBERS)
                    .then(|| {
                        view! {
                            <button id="add-number" type="button" class="text-button" on:click=add>
                                {text::contacts::add_number()}
                            </button>
                        }
                    })
            }}
        </fieldset>
    }
}

#[component]
fn NumberField(fields: Fields, field: Field) -> impl IntoView {
    let Field { key, number, kind } = field;
    let options = NumberKind::ALL.map(|one| {
        let selected = one == kind.get_untracked();
        view! { <option value=one.word() selected=selected>{words(one)}</option> }
    });
    let remove = move |_| {
        fields.0.update(|all| all.retain(|other| other.key != key));
        page::focus_id_soon("add-number");
    };
    view! {
        <div class="number-field">
            <select
                class="picker"
                aria-label=text::contacts::kind()
                on:change:target=move |ev| kind.set(NumberKind::from_word(&ev.target().value()))
            >
                {options}
            </select>
            <input
                id=id(key)
                type="tel"
                autocomplete="off"
                maxlength="60"
                aria-label=text::contacts::number()
                prop:value=move || number.get()
                on:input:target=move |ev| number.set(ev.target().value())
            />
            <button type="button" class="icon-button" aria-label=text::contacts::remove_number() on:click=remove>
                {Icon::CLOSE.view()}
            </button>
        </div>
    }
}

fn id(key: u32) -> String {
    ["contact-number-", &key.to_string()].concat()
}
