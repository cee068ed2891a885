use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::PhoneNumber;
use shared::api::{AuditEntry, AuditTheme};

use crate::components::settings::Picker;
use crate::components::sign_in::FormError;
use crate::messages;
use crate::state::Admin;
use crate::text;

/// The value of a choice that chooses nothing.
const ALL: &str = "";

/// What was asked for and has come so far.
#[derive(Clone, Copy)]
struct Log {
    admin: Admin,
    about: RwSignal<String>,
    line: RwSignal<String>,
    entries: RwSignal<Vec<AuditEntry>>,
    next: RwSignal<Option<String>>,
    loading: RwSignal<bool>,
    error: RwSignal<Option<String>>,
    /// Counts questions: an answer to one that was given up is not shown.
    question: StoredValue<u32>,
}

impl Log {
    fn new(admin: Admin) -> Self {
        Self {
            admin,
            about: RwSignal::new(ALL.to_owned()),
            line: RwSignal::new(ALL.to_owned()),
            entries: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            loading: RwSignal::new(true),
            error: RwSignal::new(None),
            question: StoredValue::new(0),
        }
    }

    /// The first page, or the one behind what is there.
    fn load(self, before: Option<String>) {
        self.question.update_value(|question| *question += 1);
        let question = self.question.get_value();
        self.loading.set(true);
        self.error.set(None);
        let about = AuditTheme::from_word(&self.about.get_untracked());
        let line = PhoneNumber::from_e164(&self.line.get_untracked()).ok();
        spawn_local(async move {
            let page = self.admin.audit(before.as_deref(), line.as_ref(), about).await;
            if self.question.try_get_value() != Some(question) {
                return;
            }
            self.loading.set(false);
            match page {
                Ok(page) if before.is_some() => {
                    self.entries.update(|entries| entries.extend(page.entries));
                    self.next.set(page.next);
                }
                Ok(page) => {
                    self.entries.set(page.entries);
                    self.next.set(page.next);
                }
                Err(why) => self.error.set(Some(why)),
            }
        });
    }
}

/// Who did what and when, the last first, a page at a time.
#[component]
pub(super) fn AuditLog(admin: Admin) -> impl IntoView {
    let log = Log::new(admin);
    log.load(None);
    let abouts: Vec<_> = std::iter::once((ALL.to_owned(), text::admin::everything().to_owned()))
        .chain(AuditTheme::ALL.map(|theme| (theme.word().to_owned(), theme_words(theme).to_owned())))
        .collect();
    let lines = Signal::derive(move || {
        let all = (ALL.to_owned(), text::admin::all_lines().to_owned());
        std::iter::once(all).chain(names(admin)).collect::<Vec<_>>()
    });
    let more = move || {
        log.next.get().map(|next| {
            view! {
                <button
                    id="audit-more"
                    type="button"
                    class="action action-quiet"
                    aria-busy=move || log.loading.get().to_string()
                    on:click=move |_| log.load(Some(next.clone()))
                >
                    {text::admin::earlier()}
                </button>
            }
        })
    };
    let none = move || {
        let words = match (log.loading.get(), log.entries.with(Vec::is_empty)) {
            (true, true) => Some(text::app::loading()),
            (false, true) if log.error.with(Option::is_none) => Some(text::admin::no_entries()),
            _ => None,
        };
        words.map(|words| view! { <p class="soft">{words}</p> })
    };
    view! {
        <section class="settings-part" aria-labelledby="audit-heading">
            <h3 id="audit-heading" class="visually-hidden">{text::admin::audit()}</h3>
            <div class="audit-filters">
                <Filter log id="audit-about" label=text::admin::about() options=abouts chosen=log.about />
                <Filter log id="audit-line" label=text::admin::line() options=lines chosen=log.line />
            </div>
            <FormError id="audit-error" words=log.error />
            <div role="status">{none}</div>
            <ol class="audit">{move || log.entries.get().into_iter().map(|entry| row(admin, entry)).collect_view()}</ol>
            {more}
        </section>
    }
}

/// One of the choices of what is shown.
#[component]
fn Filter(
    log: Log,
    id: &'static str,
    label: &'static str,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    chosen: RwSignal<String>,
) -> impl IntoView {
    let choose = move |value: String| {
        chosen.set(value);
        log.load(None);
    };
    view! {
        <div>
            <Picker id label options value=chosen on_choose=Callback::new(choose) />
        </div>
    }
}

fn theme_words(theme: AuditTheme) -> &'static str {
    match theme {
        AuditTheme::SignIns => text::admin::sign_ins(),
        AuditTheme::Calls => text::admin::refused_calls(),
        AuditTheme::Changes => text::admin::changes(),
    }
}

/// The lines by number, and what they are called.
fn names(admin: Admin) -> Vec<(String, String)> {
    admin.lines.with(|lines| {
        let Some(Ok(lines)) = lines else { return Vec::new() };
        let name = |number: &PhoneNumber, label: &str| {
            let number = number.international();
            if label.is_empty() { number } else { [label, " · ", &number].concat() }
        };
        lines
            .lines
            .iter()
            .map(|line| (line.phone_number.to_string(), name(&line.phone_number, &line.label)))
            .collect()
    })
}

fn row(admin: Admin, entry: AuditEntry) -> AnyView {
    let AuditEntry { at, kind, line, by, address, detail } = entry;
    let names = names(admin);
    let name = |number: &str| {
        let known = names.iter().find(|(known, _)| known == number).map(|(_, name)| name.clone());
        known.or_else(|| PhoneNumber::from_e164(number).ok().map(|number| number.international()))
    };
    let who = line.and_then(|line| name(line.as_str()));
    let by = by.map(|by| match name(&by) {
        Some(name) => text::admin::by(&name),
        None => text::admin::by(text::admin::command_line()),
    });
    let facts = [who, by, address].into_iter().flatten().enumerate();
    let facts = facts.map(
        |(before, fact)| view! { {(before > 0).then_some(" · ")} <span class="audit-fact">{fact}</span> },
    );
    let facts = facts.collect_view();
    let detail = messages::audit_detail(&kind, &detail);
    view! {
        <li class="audit-entry" data-kind=kind.clone()>
            <span class="audit-what">{messages::audit_kind(&kind)}</span>
            <span class="audit-time">{text::date_time(at)}</span>
            <span class="audit-facts">{facts}</span>
            {(!detail.is_empty()).then(|| view! { <span class="audit-detail">{detail}</span> })}
        </li>
    }
    .into_any()
}
