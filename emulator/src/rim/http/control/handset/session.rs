//! One connected handset page.

use actix_web::web;
use actix_ws::{AggregatedMessage, AggregatedMessageStream, Closed, Session};
use jiff::Timestamp;
use std::time::Duration;
use tokio::time::timeout;

use super::call::Call;
use super::protocol::{FromPage, ToPage, parse};
use crate::core::exchange::{Input, PhoneCommand};
use crate::core::phones::PhoneCallStatus;
use crate::core::timeline::Event;
use crate::rim::http::control::desk::Desk;
use crate::rim::link::{Command, Link, PhoneLeg};
use crate::rim::phones::Phone;

/// Waiting for a call has no end; this is only how long one wait is.
const ONE_WAIT: Duration = Duration::from_secs(3600);

/// A page that takes nothing for so long, when all buffers are full, is gone.
const SLOWEST_READER: Duration = Duration::from_secs(5);

/// A page and its phone.
pub(super) struct Handset {
    number: String,
    session: Session,
    link: Link,
    call: Option<Call>,
}

/// Why the page is let go.
enum Leave {
    /// The page is gone or nothing can be said to it.
    Gone,
    /// Another page has the phone.
    Replaced,
}

impl From<Closed> for Leave {
    fn from(_: Closed) -> Self {
        Leave::Gone
    }
}

impl Handset {
    pub(super) fn new(number: String, session: Session, link: Link) -> Self {
        Self { number, session, link, call: None }
    }

    /// Serves the page until it leaves or is replaced.
    pub(super) async fn serve(mut self, mut stream: AggregatedMessageStream, desk: web::Data<Desk>) {
        let (ticket, mut replaced) = desk.take(&self.number);
        // The phone exists from now on.
        let phone = Phone::new(&self.number, self.link.clone());
        self.note("a handset page is connected");
        let mut left = self.greet(&desk).await;
        while left.is_ok() {
            left = tokio::select! {
                biased;
                _ = &mut replaced => Err(Leave::Replaced),
                frame = stream.recv() => match frame {
                    Some(Ok(frame)) => self.frame(frame, &phone).await,
                    Some(Err(_)) | None => Err(Leave::Gone),
                },
                () = changed(&mut self.call) => self.tell_news().await,
                leg = ringing(&self.link, &self.number) => self.rings(&leg).await,
            };
        }
        // Before the phone is put down, so that whoever takes it finds what still rings.
        self.leave_call();
        desk.put_down(&self.number, ticket);
        if let Err(Leave::Replaced) = left {
            self.note("another handset page takes over");
            let _ = self.tell(&ToPage::Replaced).await;
        } else {
            self.note("the handset page is gone");
        }
        let _ = timeout(SLOWEST_READER, self.session.close(None)).await;
    }

    async fn greet(&mut self, desk: &Desk) -> Result<(), Leave> {
        let label = desk.phone(&self.number).map(|phone| phone.label.clone()).unwrap_or_default();
        let lines = desk.account.numbers.iter().map(|number| number.phone_number.clone()).collect();
        self.tell(&ToPage::Ready { number: self.number.clone(), label, lines }).await
    }

    async fn frame(&mut self, frame: AggregatedMessage, phone: &Phone) -> Result<(), Leave> {
        match frame {
            AggregatedMessage::Text(text) => match parse(&text) {
                Ok(message) => match self.act(message, phone).await? {
                    Ok(()) => Ok(()),
                    Err(message) => self.tell(&ToPage::Error { message }).await,
                },
                Err(message) => self.malformed(message).await,
            },
            AggregatedMessage::Binary(_) => {
                self.malformed("a binary frame; messages are JSON in text frames".into()).await
            }
            AggregatedMessage::Ping(bytes) => Ok(self.session.pong(&bytes).await?),
            AggregatedMessage::Pong(_) => Ok(()),
            AggregatedMessage::Close(_) => Err(Leave::Gone),
        }
    }

    async fn malformed(&mut self, message: String) -> Result<(), Leave> {
        self.note(&format!("the handset page said what nobody understands: {message}"));
        self.tell(&ToPage::Error { message }).await
    }

    /// Does what the person wants; the inner error says why it cannot be done.
    async fn act(&mut self, message: FromPage, phone: &Phone) -> Result<Result<(), String>, Leave> {
        let done = match message {
            FromPage::Call { to } => return self.dial(&to, phone).await,
            FromPage::Attest { attestation } => {
                let number = phone.number().to_owned();
                self.command(PhoneCommand::Attest { number, attestation }).await
            }
            FromPage::Offer { sdp } => return self.audio(&sdp).await,
            FromPage::Answer => match self.call.as_ref().filter(|call| call.rings()) {
                Some(call) => self.command(PhoneCommand::Answer { sid: call.sid.clone() }).await,
                None => Err("no call rings here that could be answered".into()),
            },
            FromPage::Decline => match self.call.as_ref().filter(|call| call.rings()) {
                Some(call) => self.command(PhoneCommand::Reject { sid: call.sid.clone() }).await,
                None => Err("no call rings here that could be declined".into()),
            },
            FromPage::HangUp => match &self.call {
                Some(call) => self.command(PhoneCommand::HangUp { sid: call.sid.clone() }).await,
                None => Ok(()),
            },
            FromPage::Press { keys } => match &self.call {
                Some(call) if call.status() == PhoneCallStatus::InCall => {
                    self.command(PhoneCommand::Press { sid: call.sid.clone(), keys }).await
                }
                _ => Err("keys can be pressed once a call is answered".into()),
            },
        };
        Ok(done)
    }

    /// The page is read on when the exchange has dealt with it, for a page may say as much as it likes.
    async fn command(&self, command: PhoneCommand) -> Result<(), String> {
        self.link.turn(Input::Phone(command)).await.map_err(|_| "the emulator has stopped".to_owned())
    }

    async fn dial(&mut self, to: &str, phone: &Phone) -> Result<Result<(), String>, Leave> {
        if self.call.is_some() {
            return Ok(Err("this phone has a call already; hang up first".into()));
        }
        let sid = match phone.call(to).await {
            Ok(call) => call.sid().to_owned(),
            Err(error) => return Ok(Err(error.to_string())),
        };
        let Some(leg) = self.link.board.phone_leg(&sid) else {
            return Ok(Err("the emulator has stopped".into()));
        };
        self.call = Some(Call::new(&leg, false));
        self.tell(&ToPage::Calling { call: sid, to: to.to_owned() }).await?;
        Ok(Ok(()))
    }

    /// Microphone and speaker of the page become those of the phone.
    async fn audio(&mut self, offer: &str) -> Result<Result<(), String>, Leave> {
        let Some(call) = &self.call else {
            return Ok(Err("there is no call that needs audio".into()));
        };
        let media = call.media;
        match self.link.media.accept_offer(offer).await {
            Ok((endpoint, sdp)) => {
                self.link.send(Command::Handset { media, endpoint });
                self.tell(&ToPage::Audio { sdp }).await?;
                Ok(Ok(()))
            }
            Err(error) => Ok(Err(format!("the offer cannot be used: {error}"))),
        }
    }

    /// A call rings at the phone.
    async fn rings(&mut self, leg: &PhoneLeg) -> Result<(), Leave> {
        let sid = leg.info.sid.clone();
        if self.call.is_some() {
            self.link.input(Input::Phone(PhoneCommand::Reject { sid }));
            return Ok(());
        }
        self.call = Some(Call::new(leg, true));
        self.tell(&ToPage::Ringing { call: sid, from: leg.info.from.clone() }).await
    }

    async fn tell_news(&mut self) -> Result<(), Leave> {
        let Some(call) = &mut self.call else { return Ok(()) };
        let news = call.news();
        if matches!(call.status(), PhoneCallStatus::Ended(_)) {
            self.call = None;
        }
        for message in &news {
            self.tell(message).await?;
        }
        Ok(())
    }

    /// A call that rings goes on ringing at the phone, for the next page; any other one is over.
    fn leave_call(&mut self) {
        let Some(call) = self.call.take() else { return };
        if call.rings() {
            self.link.board.ring_again(&self.number, call.sid);
        } else {
            self.link.input(Input::Phone(PhoneCommand::HangUp { sid: call.sid }));
        }
    }

    async fn tell(&mut self, message: &ToPage) -> Result<(), Leave> {
        let text = serde_json::to_string(message).map_err(|_| Leave::Gone)?;
        match timeout(SLOWEST_READER, self.session.text(text)).await {
            Ok(said) => Ok(said?),
            Err(_) => Err(Leave::Gone),
        }
    }

    fn note(&self, action: &str) {
        let call = self.call.as_ref().map(|call| call.sid.clone());
        let event = Event::Phone { number: self.number.clone(), action: action.to_owned() };
        self.link.timeline.add(Timestamp::now(), call, None, event);
    }
}

async fn changed(call: &mut Option<Call>) {
    match call {
        Some(call) => call.changed().await,
        None => std::future::pending().await,
    }
}

async fn ringing(link: &Link, number: &str) -> PhoneLeg {
    loop {
        if let Some(leg) = link.board.wait(ONE_WAIT, || link.board.take_ringing(number)).await {
            return leg;
        }
    }
}
