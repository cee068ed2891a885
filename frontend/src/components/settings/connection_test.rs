use std::rc::Rc;

use leptos::html::Button;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::browser::media;
use crate::messages;
use crate::model::Call;
use crate::model::quality::{Grade, Measure, Preflight, PreflightReport};
use crate::sdk::{self, PreflightEvent, SdkPreflight};
use crate::state::{Phone, whenever};
use crate::text;

/// Where the test is.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Idle,
    Running,
    Done(PreflightReport),
    /// The SDK's code; `None` when the server gave no token.
    Failed(Option<u32>),
}

/// A test of the connection that the server and the phone network take part in, as in a call.
#[derive(Clone, Copy)]
struct Test {
    stage: RwSignal<Stage>,
    seconds: RwSignal<Preflight>,
    running: StoredValue<Option<Rc<SdkPreflight>>, LocalStorage>,
    /// Counts tests: what belongs to one that was stopped comes to nothing.
    number: StoredValue<u32>,
}

impl Test {
    fn new() -> Self {
        Self {
            stage: RwSignal::new(Stage::Idle),
            seconds: RwSignal::new(Preflight::default()),
            running: StoredValue::new_local(None),
            number: StoredValue::new(0),
        }
    }

    fn start(self, phone: Phone) {
        let number = self.next_number();
        self.seconds.set(Preflight::default());
        self.stage.set(Stage::Running);
        spawn_local(async move {
            let token = match api::access_token().await {
                Ok(token) if sdk::load(&token.signaling).await.is_ok() => Some(token),
                _ => None,
            };
            // The SDK opens one by itself, and says nothing while the browser asks.
            if let Ok(stream) = phone.open_microphone().await {
                media::stop(&stream);
            }
            if self.number.try_get_value() != Some(number) {
                return;
            }
            let Some(token) = token else { return self.stage.set(Stage::Failed(None)) };
            match SdkPreflight::run(&token, move |event| self.on(number, event)) {
                Ok(test) => self.running.set_value(Some(Rc::new(test))),
                Err(code) => self.stage.set(Stage::Failed(Some(code))),
            }
        });
    }

    fn stop(self) {
        self.next_number();
        if self.stage.get_untracked() == Stage::Running {
            self.stage.set(Stage::Idle);
        }
        self.let_go();
    }

    fn on(self, number: u32, event: PreflightEvent) {
        if self.number.try_get_value() != Some(number) {
            return;
        }
        match event {
            PreflightEvent::Measured(sample) => self.seconds.update(|seconds| seconds.take(sample)),
            PreflightEvent::Completed => {
                self.stage.set(Stage::Done(self.seconds.with_untracked(Preflight::report)));
                self.let_go();
            }
            PreflightEvent::Failed(code) => {
                self.stage.set(Stage::Failed(Some(code)));
                self.let_go();
            }
        }
    }

    /// Not at once: the SDK may be reporting to it.
    fn let_go(self) {
        let test = self.running.try_update_value(Option::take).flatten();
        spawn_local(async move { drop(test) });
    }

    fn next_number(self) -> u32 {
        self.number
            .try_update_value(|number| {
                *number += 1;
                *number
            })
            .unwrap_or_default()
    }
}

/// Tests the connection before it is needed, with a plain verdict. Not during a call, which needs it.
#[component]
pub(crate) fn ConnectionTest() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let test = Test::new();
    let in_call = Memo::new(move |_| phone.calls.call.with(|call| call.as_ref().is_some_and(Call::is_live)));
    whenever(move || {
        if in_call.get() {
            test.stop();
        }
    });
    on_cleanup(move || test.stop());
    let runs = move || test.stage.get() == Stage::Running;
    let button = NodeRef::<Button>::new();
    let state = move || match test.stage.get() {
        Stage::Idle => "idle",
        Stage::Running => "running",
        Stage::Done(report) if report.grade == Grade::Good => "good",
        Stage::Done(report) if report.grade == Grade::Fair => "usable",
        Stage::Done(_) | Stage::Failed(_) => "not-usable",
    };
    let words = move || match test.stage.get() {
        Stage::Idle if in_call.get() => text::quality::test_in_call().to_owned(),
        Stage::Idle => String::new(),
        Stage::Running => text::quality::testing().to_owned(),
        Stage::Done(report) => messages::verdict(report),
        Stage::Failed(Some(code)) => {
            // The SDK takes it for a microphone that is in use.
            let lacking =
                media::lacking().filter(|_| code == 31402).map(|why| messages::audio_trouble(why, ""));
            text::quality::not_usable(&lacking.unwrap_or_else(|| messages::twilio_error(code)))
        }
        Stage::Failed(None) => text::quality::not_usable(text::line::server_unreachable()),
    };
    view! {
        <div id="connection-test" class="connection-test" data-state=state>
            <p class="soft">{text::quality::test_lead()}</p>
            <button
                id="connection-test-button"
                node_ref=button
                type="button"
                class="action action-quiet"
                disabled=move || in_call.get()
                on:click=move |_| if runs() { test.stop() } else { test.start(phone) }
            >
                {move || if runs() { text::quality::test_stop() } else { text::quality::test() }}
            </button>
            <progress
                class="connection-test-progress"
                max="100"
                aria-label=text::quality::testing()
                hidden=move || !runs()
                value=move || test.seconds.with(Preflight::percent).to_string()
            ></progress>
            <p id="connection-test-verdict" role="status">{words}</p>
            {move || match test.stage.get() {
                Stage::Done(report) if report.grade != Grade::Unknown => Some(view! { <Figures report /> }),
                _ => None,
            }}
        </div>
    }
}

/// The averages, for who wants them.
#[component]
fn Figures(report: PreflightReport) -> impl IntoView {
    let rows = Measure::ALL.map(|measure| {
        view! {
            <dt>{messages::measure(measure)}</dt>
            <dd>{messages::figure(measure, measure.of(report.sample))}</dd>
        }
    });
    view! {
        <details id="connection-test-figures">
            <summary>{text::quality::details()}</summary>
            <dl class="facts">{rows.collect_view()}</dl>
        </details>
    }
}
