//! The exchange's names for audio, and the endpoints of the media engine behind them.

use std::collections::{HashMap, HashSet};

use tokio::sync::mpsc;

use crate::core::exchange::{Input, MediaInput, MediaOp};
use crate::core::media::{EndpointId, Hears, Limits, Measurement, MediaEvent, MediaKey, Recorded, Sound};
use crate::rim::link::Command;
use crate::rim::media::MediaEngine;

/// Carries out media commands.
pub(super) struct MediaDesk {
    engine: MediaEngine,
    commands: mpsc::UnboundedSender<Command>,
    /// Fixed as soon as a key is known to the engine.
    endpoints: HashMap<MediaKey, EndpointId>,
    keys: HashMap<EndpointId, MediaKey>,
    /// What each key should hear; applied when the endpoints are there.
    heard: HashMap<MediaKey, Hears<MediaKey>>,
    /// The handset page that is mouth and ear of a phone, beside the phone's own endpoint.
    handsets: HashMap<MediaKey, EndpointId>,
    /// Phones that say something of their own, such as keys; it is heard instead of the handset.
    speaking: HashSet<MediaKey>,
    /// Mouths that are recorded. One may be closed before its recording comes.
    recorded: HashMap<EndpointId, MediaKey>,
    /// Keys whose endpoint is still being made. One that is closed meanwhile leaves, and its endpoint with it.
    making: HashSet<MediaKey>,
    made: mpsc::UnboundedSender<Made>,
}

/// The engine has made an endpoint for a key.
pub(super) struct Made {
    key: MediaKey,
    endpoint: EndpointId,
    what: MediaInput,
}

impl MediaDesk {
    pub(super) fn new(
        engine: MediaEngine,
        commands: mpsc::UnboundedSender<Command>,
    ) -> (Self, mpsc::UnboundedReceiver<Made>) {
        let (made, receiver) = mpsc::unbounded_channel();
        let desk = Self {
            engine,
            commands,
            endpoints: HashMap::new(),
            keys: HashMap::new(),
            heard: HashMap::new(),
            handsets: HashMap::new(),
            speaking: HashSet::new(),
            recorded: HashMap::new(),
            making: HashSet::new(),
            made,
        };
        (desk, receiver)
    }

    pub(super) fn run(&mut self, key: MediaKey, op: MediaOp) {
        match op {
            MediaOp::CreatePhone => {
                let endpoint = self.engine.create_virtual();
                self.learn(key, endpoint);
            }
            MediaOp::AcceptOffer(sdp) => {
                self.making.insert(key);
                let (engine, made, commands) =
                    (self.engine.clone(), self.made.clone(), self.commands.clone());
                tokio::task::spawn_local(async move {
                    match engine.accept_offer(&sdp).await {
                        Ok((endpoint, answer)) => {
                            let _ = made.send(Made { key, endpoint, what: MediaInput::Answer(Ok(answer)) });
                        }
                        Err(error) => tell(&commands, key, MediaInput::Answer(Err(error.to_string()))),
                    }
                });
            }
            MediaOp::CreateOffer => {
                self.making.insert(key);
                let (engine, made, commands) =
                    (self.engine.clone(), self.made.clone(), self.commands.clone());
                tokio::task::spawn_local(async move {
                    match engine.create_offer().await {
                        Ok((endpoint, offer)) => {
                            let _ = made.send(Made { key, endpoint, what: MediaInput::Offer(Ok(offer)) });
                        }
                        Err(error) => tell(&commands, key, MediaInput::Offer(Err(error.to_string()))),
                    }
                });
            }
            MediaOp::AcceptAnswer(sdp) => {
                let Some(endpoint) = self.endpoints.get(&key).copied() else { return };
                let (engine, commands) = (self.engine.clone(), self.commands.clone());
                tokio::task::spawn_local(async move {
                    let result =
                        engine.accept_answer(endpoint, &sdp).await.map_err(|error| error.to_string());
                    tell(&commands, key, MediaInput::Accepted(result));
                });
            }
            MediaOp::RestartIce(sdp) => {
                let Some(endpoint) = self.endpoints.get(&key).copied() else { return };
                let (engine, commands) = (self.engine.clone(), self.commands.clone());
                tokio::task::spawn_local(async move {
                    let result = engine.restart_ice(endpoint, &sdp).await.map_err(|error| error.to_string());
                    tell(&commands, key, MediaInput::Restarted(result));
                });
            }
            MediaOp::Hear(hears) => {
                self.heard.insert(key, hears);
                self.apply(key);
            }
            MediaOp::Say(sound) => self.say(key, sound),
            MediaOp::Relay(other) => {
                if let (Some(mouth), Some(ear)) = (self.endpoint(key), self.endpoint(other)) {
                    self.engine.relay(mouth, ear);
                }
            }
            MediaOp::Record(limits) => self.record(key, limits),
            MediaOp::StopRecording => {
                let recorded = self.recorded.iter().filter(|(_, of)| **of == key);
                recorded.for_each(|(endpoint, _)| self.engine.stop_recording(*endpoint));
            }
            MediaOp::Close => self.close(key),
        }
    }

    /// An endpoint that was made meanwhile. Says what the exchange is to be told; nothing when the call did not
    /// wait for it.
    pub(super) fn made(&mut self, made: Made) -> Option<Input> {
        if !self.making.remove(&made.key) {
            self.engine.close(made.endpoint);
            return None;
        }
        self.learn(made.key, made.endpoint);
        Some(Input::Media { key: made.key, what: made.what })
    }

    /// What the engine says, in the exchange's names.
    pub(super) fn event(&mut self, event: MediaEvent) -> Option<Input> {
        let (endpoint, what) = match event {
            MediaEvent::Connected(endpoint) => (endpoint, MediaInput::Connected),
            MediaEvent::IceDisconnected(endpoint) => (endpoint, MediaInput::Disconnected),
            // A hangup by signaling follows.
            MediaEvent::Closed(_) => return None,
            MediaEvent::Failed(endpoint, reason) => (endpoint, MediaInput::Failed(reason)),
            MediaEvent::Dtmf { endpoint, key, .. } => (endpoint, MediaInput::Key(key)),
            MediaEvent::SoundEnded(endpoint) => (endpoint, MediaInput::SoundEnded),
            MediaEvent::SaidEnded(endpoint) => (endpoint, MediaInput::SaidEnded),
            MediaEvent::Recorded(endpoint, recorded) => {
                let key = self.recorded.remove(&endpoint)?;
                return Some(Input::Media { key, what: MediaInput::Recorded(recorded) });
            }
        };
        let key = self.keys.get(&endpoint).copied()?;
        if what == MediaInput::SaidEnded {
            self.speaks(key, false);
        }
        Some(Input::Media { key, what })
    }

    /// Mouths and ears that are there or are being made.
    pub(super) fn count(&self) -> usize {
        self.endpoints.len() + self.handsets.len() + self.making.len()
    }

    pub(super) fn endpoint(&self, key: MediaKey) -> Option<EndpointId> {
        self.endpoints.get(&key).copied()
    }

    pub(super) fn measure(&self, key: MediaKey, reply: tokio::sync::oneshot::Sender<Option<Measurement>>) {
        let endpoint = self.endpoint(key);
        let engine = self.engine.clone();
        tokio::task::spawn_local(async move {
            let measured = match endpoint {
                Some(endpoint) => engine.measure(endpoint).await,
                None => None,
            };
            let _ = reply.send(measured);
        });
    }

    /// A handset page lends its microphone and speaker to a phone until the call is over.
    pub(super) fn handset(&mut self, key: MediaKey, endpoint: EndpointId) {
        if !self.endpoints.contains_key(&key) {
            return self.engine.close(endpoint);
        }
        if let Some(before) = self.handsets.insert(key, endpoint) {
            self.engine.close(before);
        }
        if let Some(hears) = self.heard.get(&key) {
            self.engine.hear(endpoint, hears.renamed(|party| self.mouth(party)));
        }
        self.apply_to_listeners(key);
    }

    /// Of a phone that a page has lent its microphone, that is what is recorded.
    fn record(&mut self, key: MediaKey, limits: Limits) {
        match self.mouth(key) {
            Some(endpoint) => {
                self.recorded.insert(endpoint, key);
                self.engine.record(endpoint, limits);
            }
            None => tell(&self.commands, key, MediaInput::Recorded(Recorded::nothing())),
        }
    }

    fn say(&mut self, key: MediaKey, sound: Sound) {
        let Some(endpoint) = self.endpoints.get(&key) else { return };
        let speaks = sound != Sound::Silence;
        self.engine.say(*endpoint, sound);
        self.speaks(key, speaks);
    }

    fn speaks(&mut self, key: MediaKey, speaks: bool) {
        let changed = if speaks { self.speaking.insert(key) } else { self.speaking.remove(&key) };
        if changed && self.handsets.contains_key(&key) {
            self.apply_to_listeners(key);
        }
    }

    fn learn(&mut self, key: MediaKey, endpoint: EndpointId) {
        self.endpoints.insert(key, endpoint);
        self.keys.insert(endpoint, key);
        let waiting: Vec<MediaKey> = self
            .heard
            .iter()
            .filter(|(listener, hears)| **listener == key || hears.is_of(key))
            .map(|(listener, _)| *listener)
            .collect();
        for listener in waiting {
            self.apply(listener);
        }
    }

    fn apply_to_listeners(&self, key: MediaKey) {
        for (listener, _) in self.heard.iter().filter(|(_, hears)| hears.is_of(key)) {
            self.apply(*listener);
        }
    }

    fn apply(&self, key: MediaKey) {
        let (Some(endpoint), Some(hears)) = (self.endpoints.get(&key), self.heard.get(&key)) else { return };
        for ear in [Some(endpoint), self.handsets.get(&key)].into_iter().flatten() {
            self.engine.hear(*ear, hears.renamed(|party| self.mouth(party)));
        }
    }

    fn mouth(&self, key: MediaKey) -> Option<EndpointId> {
        let handset = self.handsets.get(&key).filter(|_| !self.speaking.contains(&key));
        handset.or_else(|| self.endpoints.get(&key)).copied()
    }

    fn close(&mut self, key: MediaKey) {
        self.heard.remove(&key);
        self.making.remove(&key);
        let Some(endpoint) = self.endpoints.remove(&key) else { return };
        self.keys.remove(&endpoint);
        self.speaking.remove(&key);
        self.engine.close(endpoint);
        if let Some(handset) = self.handsets.remove(&key) {
            self.engine.close(handset);
        }
    }
}

fn tell(commands: &mpsc::UnboundedSender<Command>, key: MediaKey, what: MediaInput) {
    let _ = commands.send(Command::Input(Input::Media { key, what }));
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    #[actix_web::test]
    async fn a_call_that_ends_while_its_audio_is_made_leaves_nothing() {
        let (engine, _events) = MediaEngine::start(IpAddr::V4(Ipv4Addr::LOCALHOST)).await.unwrap();
        let (commands, _receiver) = mpsc::unbounded_channel();
        let (mut desk, mut made) = MediaDesk::new(engine.clone(), commands);
        desk.run(1, MediaOp::CreateOffer);
        desk.run(1, MediaOp::Close);
        assert!(desk.made(made.recv().await.unwrap()).is_none());
        assert_eq!((engine.endpoints().await, desk.count()), (Some(0), 0));

        desk.run(2, MediaOp::CreateOffer);
        assert!(desk.made(made.recv().await.unwrap()).is_some());
        assert_eq!((engine.endpoints().await, desk.count()), (Some(1), 1));
        desk.run(2, MediaOp::Close);
        assert_eq!((engine.endpoints().await, desk.count()), (Some(0), 0));
    }
}
