//! Who hears whom: every 20 ms each endpoint says one frame and hears one frame. No network, no clock.

use std::collections::BTreeMap;

use super::analysis::Ring;
use super::event::{EndpointId, Feed, MediaEvent};
use super::playout::Playout;
use super::sound::{Player, Sound};

/// Samples per second, everywhere.
pub(crate) const SAMPLE_RATE: u32 = 8000;
/// Samples in 20 ms.
pub(crate) const FRAME: usize = 160;
/// 20 ms of audio.
pub(crate) type Frame = [i16; FRAME];

/// All endpoints.
#[derive(Debug, Default)]
pub(crate) struct Graph(BTreeMap<EndpointId, Node>);

/// What one tick brought about.
#[derive(Debug, Default)]
pub(crate) struct Ticked {
    /// The frames that go out on the network.
    pub(crate) to_browsers: Vec<(EndpointId, Frame)>,
    /// Sounds that ended.
    pub(crate) events: Vec<MediaEvent>,
}

#[derive(Debug)]
struct Node {
    mouth: Mouth,
    ear: Ear,
    said: Ring,
    heard: Ring,
    /// What came to its ear last.
    last: Frame,
}

#[derive(Debug)]
enum Mouth {
    Virtual(Player),
    /// It says what that endpoint heard a frame ago.
    Relay(EndpointId),
    Browser(Playout),
}

#[derive(Debug)]
enum Ear {
    Silence,
    Peer(EndpointId),
    Echo,
    Sound(Player),
}

impl Graph {
    /// Adds a phone that exists only here.
    pub(crate) fn add_virtual(&mut self, id: EndpointId) {
        self.0.insert(id, Node::new(Mouth::Virtual(Player::new(Sound::Silence))));
    }

    /// Adds a browser.
    pub(crate) fn add_browser(&mut self, id: EndpointId) {
        self.0.insert(id, Node::new(Mouth::Browser(Playout::default())));
    }

    /// How many endpoints there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn remove(&mut self, id: EndpointId) {
        self.0.remove(&id);
    }

    /// Sets what an endpoint hears. Endpoints that do not exist are ignored.
    pub(crate) fn feed(&mut self, id: EndpointId, feed: Feed) {
        if let Some(node) = self.0.get_mut(&id) {
            node.ear = match feed {
                Feed::Silence => Ear::Silence,
                Feed::Peer(peer) => Ear::Peer(peer),
                Feed::Echo => Ear::Echo,
                Feed::Sound(sound) => Ear::Sound(Player::new(sound)),
            };
        }
    }

    /// Sets what a virtual endpoint says. `false` when there is no such virtual endpoint.
    pub(crate) fn say(&mut self, id: EndpointId, sound: Sound) -> bool {
        match self.0.get_mut(&id).map(|node| &mut node.mouth) {
            Some(mouth @ (Mouth::Virtual(_) | Mouth::Relay(_))) => {
                *mouth = Mouth::Virtual(Player::new(sound));
                true
            }
            Some(Mouth::Browser(_)) | None => false,
        }
    }

    /// Lets a virtual endpoint say what `ear` hears. Nothing happens when there is no such virtual endpoint.
    pub(crate) fn relay(&mut self, id: EndpointId, ear: EndpointId) {
        if let Some(mouth @ (Mouth::Virtual(_) | Mouth::Relay(_))) =
            self.0.get_mut(&id).map(|node| &mut node.mouth)
        {
            *mouth = Mouth::Relay(ear);
        }
    }

    /// Takes audio that a browser sent.
    pub(crate) fn packet(
        &mut self,
        id: EndpointId,
        source: u32,
        sequence: u64,
        samples: impl IntoIterator<Item = i16>,
    ) {
        if let Some(Mouth::Browser(playout)) = self.0.get_mut(&id).map(|node| &mut node.mouth) {
            playout.push(source, sequence, samples);
        }
    }

    /// The last 200 ms: heard, said.
    pub(crate) fn samples(&self, id: EndpointId) -> Option<(Vec<i16>, Vec<i16>)> {
        self.0.get(&id).map(|node| (node.heard.samples(), node.said.samples()))
    }

    /// Those who hear what this endpoint says.
    pub(crate) fn listeners(&self, to: EndpointId) -> impl Iterator<Item = EndpointId> {
        self.0
            .iter()
            .filter(move |(_, node)| matches!(node.ear, Ear::Peer(peer) if peer == to))
            .map(|(id, _)| *id)
    }

    /// 20 ms pass.
    pub(crate) fn tick(&mut self) -> Ticked {
        let mut ticked = Ticked::default();
        let relayed: BTreeMap<EndpointId, Frame> = self
            .0
            .iter()
            .filter_map(|(&id, node)| match node.mouth {
                Mouth::Relay(ear) => Some((id, self.0.get(&ear)?.last)),
                Mouth::Virtual(_) | Mouth::Browser(_) => None,
            })
            .collect();
        let mut spoken = BTreeMap::new();
        for (&id, node) in &mut self.0 {
            let relayed = relayed.get(&id).copied();
            let frame = node.speak(relayed, || ticked.events.push(MediaEvent::SaidEnded(id)));
            spoken.insert(id, frame);
        }
        for (&id, node) in &mut self.0 {
            let frame = node.listen(id, &spoken, || ticked.events.push(MediaEvent::SoundEnded(id)));
            if matches!(node.mouth, Mouth::Browser(_)) {
                ticked.to_browsers.push((id, frame));
            }
        }
        ticked
    }
}

impl Node {
    fn new(mouth: Mouth) -> Self {
        Self { mouth, ear: Ear::Silence, said: Ring::new(), heard: Ring::new(), last: [0; FRAME] }
    }

    /// `relayed` is what a relay carries.
    fn speak(&mut self, relayed: Option<Frame>, on_end: impl FnOnce()) -> Frame {
        let mut frame = [0; FRAME];
        match &mut self.mouth {
            Mouth::Relay(_) => frame = relayed.unwrap_or(frame),
            Mouth::Browser(playout) => frame = playout.pop(),
            Mouth::Virtual(player) => {
                if player.fill(&mut frame) {
                    *player = Player::new(Sound::Silence);
                    on_end();
                }
            }
        }
        self.said.push(&frame);
        frame
    }

    fn listen(
        &mut self,
        id: EndpointId,
        spoken: &BTreeMap<EndpointId, Frame>,
        on_end: impl FnOnce(),
    ) -> Frame {
        let mut frame = [0; FRAME];
        let from = match &mut self.ear {
            Ear::Silence => None,
            Ear::Peer(peer) => spoken.get(peer),
            Ear::Echo => spoken.get(&id),
            Ear::Sound(player) => {
                if player.fill(&mut frame) {
                    self.ear = Ear::Silence;
                    on_end();
                }
                None
            }
        };
        if let Some(from) = from {
            frame = *from;
        }
        self.heard.push(&frame);
        self.last = frame;
        frame
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::media::analysis::{Heard, analyse};

    const A: EndpointId = EndpointId::new(1);
    const B: EndpointId = EndpointId::new(2);

    fn run(graph: &mut Graph, ticks: usize) -> Vec<MediaEvent> {
        (0..ticks).flat_map(|_| graph.tick().events).collect()
    }

    fn heard(graph: &Graph, id: EndpointId) -> Heard {
        analyse(&graph.samples(id).expect("exists").0)
    }

    fn tone(hz: f32) -> Sound {
        Sound::Tone { hz, amplitude: 0.5 }
    }

    fn hears(graph: &Graph, id: EndpointId, hz: f32) {
        let heard = heard(graph, id);
        assert!(heard.peak_hz.is_some_and(|peak| (peak - hz).abs() < 2.0), "{id}: {heard:?}, not {hz}");
    }

    #[test]
    fn two_phones_hear_each_other_and_not_themselves() {
        let mut graph = Graph::default();
        graph.add_virtual(A);
        graph.add_virtual(B);
        graph.feed(A, Feed::Peer(B));
        graph.feed(B, Feed::Peer(A));
        assert!(graph.say(A, tone(440.0)) && graph.say(B, tone(880.0)));
        run(&mut graph, 10);
        hears(&graph, A, 880.0);
        hears(&graph, B, 440.0);
        assert_eq!(graph.listeners(A).collect::<Vec<_>>(), [B]);

        graph.remove(B);
        run(&mut graph, 10);
        assert_eq!(heard(&graph, A).rms, 0.0);
        assert!(graph.samples(B).is_none());
    }

    #[test]
    fn a_line_carries_sound_both_ways() {
        let (near, far) = (EndpointId::new(3), EndpointId::new(4));
        let mut graph = Graph::default();
        for id in [A, B, near, far] {
            graph.add_virtual(id);
        }
        graph.relay(near, far);
        graph.relay(far, near);
        graph.feed(A, Feed::Peer(near));
        graph.feed(near, Feed::Peer(A));
        graph.feed(B, Feed::Peer(far));
        graph.feed(far, Feed::Peer(B));
        assert!(graph.say(A, tone(440.0)) && graph.say(B, tone(880.0)));
        run(&mut graph, 12);
        hears(&graph, A, 880.0);
        hears(&graph, B, 440.0);
        graph.remove(far);
        run(&mut graph, 10);
        assert_eq!(heard(&graph, A).rms, 0.0);
    }

    #[test]
    fn an_echo_returns_what_a_browser_says() {
        let mut graph = Graph::default();
        graph.add_browser(A);
        graph.feed(A, Feed::Echo);
        for n in 0..20 {
            graph.packet(A, 1, n, [1000; FRAME]);
            let ticked = graph.tick();
            assert_eq!(ticked.to_browsers.len(), 1);
            let expected = if n < 2 { 0 } else { 1000 };
            assert_eq!(ticked.to_browsers[0], (A, [expected; FRAME]), "tick {n}");
        }
        assert!(!graph.say(A, tone(440.0)), "a browser has its own mouth");
    }

    #[test]
    fn a_finite_sound_ends_once_on_its_own_side() {
        let mut graph = Graph::default();
        graph.add_virtual(A);
        graph.feed(A, Feed::Sound(Sound::Speech { text: "Hello".to_owned() }));
        graph.say(A, Sound::Dtmf("1".to_owned()));
        let events = run(&mut graph, 100);
        assert_eq!(events, [MediaEvent::SaidEnded(A), MediaEvent::SoundEnded(A)]);
        graph.feed(A, Feed::Sound(Sound::Speech { text: "Hello".to_owned() }));
        run(&mut graph, 3);
        graph.feed(A, Feed::Sound(tone(1000.0)));
        assert_eq!(run(&mut graph, 100), [], "a replaced sound does not end");
        hears(&graph, A, 1000.0);
    }

    #[test]
    fn endpoints_that_do_not_exist_are_ignored() {
        let mut graph = Graph::default();
        graph.feed(A, Feed::Echo);
        assert!(!graph.say(A, tone(440.0)));
        graph.packet(A, 1, 1, [0; FRAME]);
        graph.remove(A);
        graph.add_virtual(A);
        graph.feed(A, Feed::Peer(B));
        assert_eq!(run(&mut graph, 10), []);
        assert_eq!(heard(&graph, A).rms, 0.0);
    }
}
