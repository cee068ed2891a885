use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::{AdminLine, LineChange, LineLimits, LineSettings};
use shared::digits;

use super::id::id_of;
use crate::browser::page;
use crate::components::question::Question;
use crate::components::sign_in::FormError;
use crate::state::Admin;
use crate::text;

/// Name, limits and right of a line.
#[component]
pub(super) fn LineForm(admin: Admin, start: AdminLine) -> impl IntoView {
    let written = |limit: Option<u32>| limit.map(|limit| limit.to_string()).unwrap_or_default();
    let AdminLine { phone_number, label, admin: right, limits, .. } = start;
    let seen = StoredValue::new(LineSettings { label: label.clone(), admin: right, limits });
    let label = RwSignal::new(label);
    let calls = RwSignal::new(written(limits.calls_at_once));
    let minutes = RwSignal::new(written(limits.minutes_per_day));
    let is_admin = RwSignal::new(right);
    let (busy, saved, asking) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let error = RwSignal::new(None::<String>);
    let number = StoredValue::new(phone_number);
    let id = move |what: &str| number.with_value(|number| id_of(what, number));
    let usual = admin.lines.with_untracked(|lines| lines.as_ref()?.as_ref().ok().map(|lines| lines.usual));
    let hint = usual.map(|usual| {
        text::admin::limits_hint(&usual.calls_at_once.to_string(), &usual.minutes_per_day.to_string())
    });

    let send = move |may_leave_no_admin: bool| {
        let limits = match (read(&calls.get_untracked()), read(&minutes.get_untracked())) {
            (Some(calls_at_once), Some(minutes_per_day)) => LineLimits { calls_at_once, minutes_per_day },
            _ => return error.set(Some(limit_words())),
        };
        if limits.check().is_err() {
            return error.set(Some(limit_words()));
        }
        busy.set(true);
        saved.set(false);
        error.set(None);
        spawn_local(async move {
            let wanted =
                LineSettings { label: label.get_untracked(), admin: is_admin.get_untracked(), limits };
            let change = seen.with_value(|seen| LineChange::between(seen, &wanted));
            let change = LineChange { may_leave_no_admin, ..change };
            let answer = admin.change(&number.get_value(), &change).await;
            busy.try_set(false);
            if answer.is_ok() {
                seen.try_update_value(|seen| *seen = wanted);
            }
            saved.try_set(answer.is_ok());
            error.try_set(answer.err());
        });
    };
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        if busy.get_untracked() || asking.get_untracked() {
            return;
        }
        if !is_admin.get_untracked() && number.with_value(|number| admin.is_last_admin(number)) {
            return asking.set(true);
        }
        send(false);
    };
    let fold = move || {
        asking.set(false);
        page::focus_id_soon(id("save"));
    };
    let last_yes = Callback::new(move |()| {
        fold();
        send(true);
    });
    let last_no = Callback::new(move |()| {
        is_admin.set(true);
        fold();
    });
    let field = move |what: &'static str, words: &'static str, value: RwSignal<String>, numeric: bool| {
        view! {
            <div>
                <label for=id(what)>{words}</label>
                <input
                    id=id(what)
                    type="text"
                    inputmode=numeric.then_some("numeric")
                    autocomplete="off"
                    maxlength="60"
                    aria-describedby=numeric.then(|| id("limits-hint"))
                    prop:value=move || value.get()
                    on:input:target=move |ev| value.set(ev.target().value())
                />
            </div>
        }
    };
    view! {
        <form class="form line-form" novalidate on:submit=submit>
            {field("label", text::admin::name(), label, false)}
            <div class="limit-fields">
                {field("calls", text::admin::calls_at_once(), calls, true)}
                {field("minutes", text::admin::minutes_per_day(), minutes, true)}
            </div>
            <p id=id("limits-hint") class="field-hint">{hint}</p>
            <label class="check" for=id("right")>
                <input
                    id=id("right")
                    type="checkbox"
                    prop:checked=move || is_admin.get()
                    on:change:target=move |ev| is_admin.set(ev.target().checked())
                />
                <span>{text::admin::is_admin()}</span>
            </label>
            <FormError id="line-form-error" words=error />
            {move || {
                if asking.get() {
                    let error = RwSignal::new(None);
                    view! {
                        <Question
                            id=id("last")
                            words=text::admin::last_question().to_owned()
                            yes=text::admin::last_yes()
                            on_yes=last_yes
                            on_no=last_no
                            error
                        />
                    }
                        .into_any()
                } else {
                    view! {
                        <div class="question-answers">
                            <button
                                id=id("save")
                                type="submit"
                                class="action action-brand"
                                aria-busy=move || busy.get().to_string()
                            >
                                {move || if busy.get() { text::admin::saving() } else { text::admin::save() }}
                            </button>
                        </div>
                    }
                        .into_any()
                }
            }}
            <p class="soft saved" role="status">{move || saved.get().then(text::admin::saved)}</p>
        </form>
    }
}

/// What is written in a limit's field: nothing, or a number; `None` when it is neither.
fn read(text: &str) -> Option<Option<u32>> {
    let text = digits::fold(text.trim());
    if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
}

fn limit_words() -> String {
    let (calls, minutes) = (LineLimits::CALLS_AT_ONCE, LineLimits::MINUTES_PER_DAY);
    text::admin::limits_wrong(&calls.end().to_string(), &minutes.end().to_string())
}
