use leptos::prelude::*;
use shared::api::contacts::{Duplicates, ImportFault, ImportFaultKind, ImportReport};

use super::reading::Reading;
use crate::text;

/// What is in a file, and what is to become of it.
#[component]
pub(super) fn Looked(reading: Reading, report: ImportReport) -> impl IntoView {
    let like = report.skipped + report.merged;
    let changes = report.added + report.merged;
    let choice = move |duplicates: Duplicates, id: &'static str, words: &'static str| {
        view! {
            <label class="check" for=id>
                <input
                    id=id
                    type="radio"
                    name="duplicates"
                    prop:checked=move || reading.duplicates.get() == duplicates
                    on:change=move |_| {
                        reading.duplicates.set(duplicates);
                        reading.look();
                    }
                />
                <span>{words}</span>
            </label>
        }
    };
    // Once there are some, the choice stays: another answer makes their number another one.
    let asks = like > 0 || reading.duplicates.get_untracked() != Duplicates::Skip;
    view! {
        <div class="form import-looked">
            <p role="status">{text::contacts::looked(&report.read.to_string(), &report.same.to_string())}</p>
            {asks
                .then(|| {
                    view! {
                        <fieldset class="number-fields">
                            <legend>{text::contacts::duplicates()}</legend>
                            {choice(Duplicates::Skip, "duplicates-skip", text::contacts::skip())}
                            {choice(Duplicates::Merge, "duplicates-merge", text::contacts::merge())}
                            {choice(Duplicates::Keep, "duplicates-keep", text::contacts::keep())}
                        </fieldset>
                    }
                })}
            <label class="check" for="import-shared">
                <input
                    id="import-shared"
                    type="checkbox"
                    prop:checked=move || reading.shared.get()
                    on:change:target=move |ev| {
                        reading.shared.set(ev.target().checked());
                        reading.look();
                    }
                />
                <span>{text::contacts::share_all()}</span>
            </label>
            <Faults report=report.clone() />
            <button
                id="import-write"
                type="button"
                class="action action-brand"
                disabled=changes == 0
                aria-busy=move || reading.busy.get().to_string()
                on:click=move |_| reading.write()
            >
                {text::contacts::import(&report.added.to_string(), &report.merged.to_string())}
            </button>
        </div>
    }
}

/// What has become of a file.
#[component]
pub(super) fn Written(report: ImportReport, done: Callback<()>) -> impl IntoView {
    let words = text::contacts::imported(&report.added.to_string(), &report.merged.to_string());
    view! {
        <p id="imported" role="status">
            {words}
        </p>
        <Faults report />
        <button id="import-done" type="button" class="action action-brand" on:click=move |_| done.run(())>
            {text::admin::invitation_done()}
        </button>
    }
}

/// Line by line, what was not understood.
#[component]
fn Faults(report: ImportReport) -> impl IntoView {
    let ImportReport { faults, more_faults, .. } = report;
    (!faults.is_empty()).then(|| {
        let more = (more_faults > 0)
            .then(|| view! { <li>{text::contacts::more_faults(&more_faults.to_string())}</li> });
        view! {
            <details class="import-faults" open=true>
                <summary>{text::contacts::faults()}</summary>
                <ul>{faults.into_iter().map(fault).collect_view()} {more}</ul>
            </details>
        }
    })
}

fn fault(ImportFault { line, what, text }: ImportFault) -> impl IntoView {
    let words = match what {
        ImportFaultKind::Empty => text::contacts::empty(),
        ImportFaultKind::NotANumber => text::contacts::not_a_number(),
        ImportFaultKind::TooManyNumbers => text::contacts::too_many_numbers(),
        ImportFaultKind::TooLong => text::contacts::too_long(),
        ImportFaultKind::NotEnded => text::contacts::not_ended(),
        ImportFaultKind::NotUnderstood => text::contacts::not_understood(),
        ImportFaultKind::Full => text::contacts::full(),
    };
    let line = (line > 0).then(|| text::contacts::line(&line.to_string()));
    view! {
        <li>
            {line.map(|line| view! { <span class="fault-line">{line}</span> })} <span>{words}</span>
            {(!text.is_empty()).then(|| view! { <q>{text}</q> })}
        </li>
    }
}
