//! The way of a request: at once and once, or as a test has ordered.

use std::time::Duration;

use jiff::Timestamp;

use crate::core::exchange::Input;
use crate::core::timeline::Event;
use crate::core::webhook::{Reply, Request};
use crate::rim::link::{Disturbance, Link};
use crate::rim::webhook::{Jar, Sender};

/// Requests that are sent one after the other, after a delay.
#[derive(Debug)]
pub(super) struct Course {
    pub(super) delay: Duration,
    pub(super) requests: Vec<Sent>,
}

/// A request, and the leg that it belongs to.
pub(super) type Sent = (Request, Option<String>);

impl Course {
    fn at_once(requests: Vec<Sent>) -> Vec<Self> {
        vec![Self { delay: Duration::ZERO, requests }]
    }
}

/// Callbacks that are held back.
#[derive(Debug, Default)]
pub(super) struct Callbacks {
    /// It comes after the next one.
    held: Option<Sent>,
}

impl Callbacks {
    /// How a request goes its way.
    pub(super) fn courses(&mut self, link: &Link, request: Request, call: Option<String>) -> Vec<Course> {
        let id = request.id;
        let befalls = if request.is_report { link.callbacks.befalls(&request.url) } else { None };
        let Some(befalls) = befalls else { return Course::at_once(vec![(request, call)]) };
        let note = |what: &str| {
            let event = Event::WebhookDisturbed { id, what: what.to_owned() };
            link.timeline.add(Timestamp::now(), call.clone(), None, event);
        };
        match befalls {
            Disturbance::Late(delay) => {
                note("late");
                vec![Course { delay, requests: vec![(request, call)] }]
            }
            Disturbance::Twice => {
                note("twice");
                Course::at_once(vec![(request.clone(), call.clone()), (request, call)])
            }
            Disturbance::Swapped => match self.held.take() {
                Some(held) => Course::at_once(vec![(request, call), held]),
                None => {
                    note("held");
                    self.held = Some((request, call));
                    Vec::new()
                }
            },
            Disturbance::Swallowed => {
                note("swallowed");
                link.input(Input::Unsent { id });
                Vec::new()
            }
        }
    }
}

/// A request with all that it is sent with.
pub(super) struct Signed {
    pub(super) request: Request,
    /// The leg that it belongs to.
    pub(super) call: Option<String>,
    pub(super) signature: String,
    pub(super) jar: Jar,
    pub(super) sender: Sender,
}

impl Signed {
    pub(super) fn id(&self) -> u64 {
        self.request.id
    }

    /// The timeline tells that it is sent.
    pub(super) fn announce(&self, link: &Link) {
        let request = &self.request;
        self.note(
            link,
            Event::WebhookRequest {
                id: request.id,
                method: request.method.as_str().to_owned(),
                url: request.target(),
                params: request.params.clone(),
                signature: self.signature.clone(),
            },
        );
    }

    fn note(&self, link: &Link, event: Event) {
        link.timeline.add(Timestamp::now(), self.call.clone(), None, event);
    }

    pub(super) async fn send(self, link: &Link) -> Reply {
        let id = self.request.id;
        let retries = |retry, why| self.note(link, Event::WebhookRetry { id, retry, why });
        self.sender.send(&self.request, &self.signature, &self.jar, retries).await
    }
}
