use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::PhoneNumber;
use shared::api::{AdminLine, LineSignIn};

use super::code::NewCode;
use super::devices::LineDevices;
use super::id::id_of;
use super::line_form::LineForm;
use super::remove::RemoveLine;
use crate::browser::{clock, page};
use crate::components::sign_in::FormError;
use crate::messages;
use crate::state::Admin;
use crate::text;

/// A line: who it is, how it stands with it, and, unfolded, all that can be done.
#[component]
pub(super) fn LineRow(
    admin: Admin,
    number: PhoneNumber,
    is_own: bool,
    open: RwSignal<Option<PhoneNumber>>,
) -> impl IntoView {
    let known = StoredValue::new(number.clone());
    let line = Memo::new(move |_| known.with_value(|number| admin.line(number)));
    let is_open =
        Memo::new(move |_| open.with(|open| known.with_value(|number| open.as_ref() == Some(number))));
    let toggle = move |_| open.set((!is_open.get_untracked()).then(|| known.get_value()));
    let shown = number.international();
    let name = {
        let shown = shown.clone();
        move || {
            line.get()
                .map(|line| line.label)
                .filter(|label| !label.is_empty())
                .unwrap_or_else(|| shown.clone())
        }
    };
    let second = move || {
        let named = line.get().is_some_and(|line| !line.label.is_empty());
        named.then(|| view! { <span class="demo-number">{shown.clone()}</span> })
    };
    view! {
        <li class="admin-line" data-number=number.to_string() data-about=number.to_string()>
            <button
                id=id_of("line", &number)
                type="button"
                class="admin-line-head"
                aria-expanded=move || is_open.get().to_string()
                on:click=toggle
            >
                <span class="admin-line-name">{name}</span>
                {second}
                <span class="admin-badges">{move || line.get().map(|line| badges(&line, is_own))}</span>
            </button>
            {move || {
                is_open.get().then(|| line.get_untracked()).flatten().map(|start| view! { <Unfolded admin start line is_own open /> })
            }}
        </li>
    }
}

/// What is to be known of it at a glance, each in a word.
fn badges(line: &AdminLine, is_own: bool) -> AnyView {
    let badge =
        |kind: &'static str, words: &'static str| view! { <span class="badge" data-kind=kind>{words}</span> };
    let sign_in = match line.sign_in {
        LineSignIn::OneTimeCode { expires_at } if expires_at <= clock::wall_s() => {
            Some(("warn", text::admin::invitation_over()))
        }
        LineSignIn::OneTimeCode { .. } => Some(("plain", text::admin::invited())),
        LineSignIn::Nothing => Some(("plain", text::admin::no_passcode())),
        LineSignIn::Passcode => None,
    };
    view! {
        {is_own.then(|| badge("plain", text::admin::you()))}
        {line.admin.then(|| badge("brand", text::app::admin()))}
        {sign_in.map(|(kind, words)| badge(kind, words))}
        {(line.locked_s > 0).then(|| badge("warn", text::admin::locked()))}
    }
    .into_any()
}

/// All that can be done with a line. The forms begin with what it was when it was unfolded.
#[component]
fn Unfolded(
    admin: Admin,
    start: AdminLine,
    line: Memo<Option<AdminLine>>,
    is_own: bool,
    open: RwSignal<Option<PhoneNumber>>,
) -> impl IntoView {
    let number = start.phone_number.clone();
    let about = number.clone();
    view! {
        <div class="admin-line-body">
            {move || {
                let number = about.clone();
                let locked_s = line.get().map_or(0, |line| line.locked_s);
                (locked_s > 0).then(|| view! { <Locked admin number seconds=locked_s /> })
            }}
            {move || line.get().and_then(|line| standing(line.sign_in)).map(|words| view! { <p class="soft">{words}</p> })}
            <LineForm admin start />
            {if is_own {
                view! { <p class="soft">{text::admin::own_line()}</p> }.into_any()
            } else {
                view! { <NewCode admin number=number.clone() /> }.into_any()
            }}
            <LineDevices admin number=number.clone() />
            {(!is_own).then(|| view! { <RemoveLine admin number open /> })}
        </div>
    }
}

/// What the line waits for.
fn standing(sign_in: LineSignIn) -> Option<String> {
    match sign_in {
        LineSignIn::OneTimeCode { expires_at } if expires_at <= clock::wall_s() => {
            Some(text::admin::code_ran_out(&text::date_time(expires_at)))
        }
        LineSignIn::OneTimeCode { expires_at } => Some(text::admin::code_waits(&text::date_time(expires_at))),
        LineSignIn::Nothing => Some(text::admin::no_passcode_why().to_owned()),
        LineSignIn::Passcode => None,
    }
}

/// Failures hold the line up; whoever knows that its user is no stranger takes them back.
#[component]
fn Locked(admin: Admin, number: PhoneNumber, seconds: u32) -> impl IntoView {
    let error = RwSignal::new(None::<String>);
    let lift = move |_| {
        let number = number.clone();
        spawn_local(async move {
            let head = id_of("line", &number);
            match admin.lift_lock(&number).await {
                // This is gone, and the focus must not be lost with it.
                Ok(()) => page::focus_id_soon(head),
                Err(why) => drop(error.try_set(Some(why))),
            }
        });
    };
    view! {
        <div class="question">
            <p>{text::admin::locked_why(&messages::soon(seconds))}</p>
            <FormError id="lock-error" words=error />
            <div class="question-answers">
                <button id="lift-lock" type="button" class="action action-quiet" on:click=lift>
                    {text::admin::lift_lock()}
                </button>
            </div>
        </div>
    }
}
