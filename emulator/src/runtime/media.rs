//! The exchange's names for audio, and the endpoints of the media engine behind them.

use std::collections::{HashMap, HashSet};

use tokio::sync::mpsc;

use super::Command;
use crate::exchange::{Hears, Input, MediaInput, MediaKey, MediaOp};
use crate::media::{EndpointId, Feed, Measurement, MediaEngine, MediaEvent};

/// Carries out media commands.
pub(super) struct MediaDesk {
    engine: MediaEngine,
    commands: mpsc::UnboundedSender<Command>,
    /// Fixed as soon as a key is known to the engine.
    endpoints: HashMap<MediaKey, EndpointId>,
    keys: HashMap<EndpointId, MediaKey>,
    /// What each key should hear; applied when the endpoints are there.
    feeds: HashMap<MediaKey, Hears>,
    handsets: HashMap<String, EndpointId>,
    /// Endpoints that outlive calls.
    lasting: HashSet<EndpointId>,
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
            feeds: HashMap::new(),
            handsets: HashMap::new(),
            lasting: HashSet::new(),
            made,
        };
        (desk, receiver)
    }

    pub(super) fn run(&mut self, key: MediaKey, op: MediaOp) {
        match op {
            MediaOp::CreatePhone { number } => {
                let endpoint = match self.handsets.get(&number) {
                    Some(endpoint) if !self.keys.contains_key(endpoint) => *endpoint,
                    _ => self.engine.create_virtual(),
                };
                self.learn(key, endpoint);
            }
            MediaOp::AcceptOffer(sdp) => {
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
                self.feeds.insert(key, hears);
                self.apply(key);
            }
            MediaOp::Say(sound) => {
                if let Some(endpoint) = self.endpoints.get(&key) {
                    self.engine.say(*endpoint, sound);
                }
            }
            MediaOp::Close => self.close(key),
        }
    }

    /// An endpoint that was made meanwhile. Says what the exchange is to be told.
    pub(super) fn made(&mut self, made: Made) -> Input {
        self.learn(made.key, made.endpoint);
        Input::Media { key: made.key, what: made.what }
    }

    /// What the engine says, in the exchange's names.
    pub(super) fn event(&self, event: MediaEvent) -> Option<Input> {
        let (endpoint, what) = match event {
            MediaEvent::Connected(endpoint) => (endpoint, MediaInput::Connected),
            MediaEvent::IceDisconnected(endpoint) => (endpoint, MediaInput::Disconnected),
            // A hangup by signaling follows.
            MediaEvent::Closed(_) => return None,
            MediaEvent::Failed(endpoint, reason) => (endpoint, MediaInput::Failed(reason)),
            MediaEvent::Dtmf { endpoint, key, .. } => (endpoint, MediaInput::Key(key)),
            MediaEvent::SoundEnded(endpoint) => (endpoint, MediaInput::SoundEnded),
            MediaEvent::SaidEnded(endpoint) => (endpoint, MediaInput::SaidEnded),
        };
        self.keys.get(&endpoint).map(|key| Input::Media { key: *key, what })
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

    /// A handset page lends its microphone and speaker to a phone.
    pub(super) fn handset(&mut self, number: String, endpoint: Option<EndpointId>) {
        let before = match endpoint {
            Some(endpoint) => {
                self.lasting.insert(endpoint);
                self.handsets.insert(number, endpoint)
            }
            None => self.handsets.remove(&number),
        };
        if let Some(before) = before.filter(|before| Some(*before) != endpoint) {
            self.lasting.remove(&before);
            self.engine.close(before);
        }
    }

    fn learn(&mut self, key: MediaKey, endpoint: EndpointId) {
        self.endpoints.insert(key, endpoint);
        self.keys.insert(endpoint, key);
        let waiting: Vec<MediaKey> = self
            .feeds
            .iter()
            .filter(|(listener, hears)| **listener == key || **hears == Hears::Peer(key))
            .map(|(listener, _)| *listener)
            .collect();
        for listener in waiting {
            self.apply(listener);
        }
    }

    fn apply(&self, key: MediaKey) {
        let (Some(endpoint), Some(hears)) = (self.endpoints.get(&key), self.feeds.get(&key)) else { return };
        let feed = match hears {
            Hears::Silence => Feed::Silence,
            Hears::Echo => Feed::Echo,
            Hears::Sound(sound) => Feed::Sound(sound.clone()),
            Hears::Peer(peer) => match self.endpoints.get(peer) {
                Some(peer) => Feed::Peer(*peer),
                None => Feed::Silence,
            },
        };
        self.engine.feed(*endpoint, feed);
    }

    fn close(&mut self, key: MediaKey) {
        self.feeds.remove(&key);
        let Some(endpoint) = self.endpoints.remove(&key) else { return };
        self.keys.remove(&endpoint);
        if self.lasting.contains(&endpoint) {
            self.engine.feed(endpoint, Feed::Silence);
        } else {
            self.engine.close(endpoint);
        }
    }
}

fn tell(commands: &mpsc::UnboundedSender<Command>, key: MediaKey, what: MediaInput) {
    let _ = commands.send(Command::Input(Input::Media { key, what }));
}
