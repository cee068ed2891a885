//! Who hears whom: every 20 ms each endpoint says one frame and hears one frame. No network, no clock.

use std::collections::BTreeMap;

use super::analysis::Ring;
use super::event::{EndpointId, MediaEvent};
use super::frame::{FRAME, Frame};
use super::hears::Hears;
use super::playout::Playout;
use super::recorder::{Ended, Limits, Recorded, Recorder};
use super::sound::{Player, Sound};

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
    hears: Hears<EndpointId>,
    /// Where it is in the sound that it hears.
    sound: Player,
    said: Ring,
    heard: Ring,
    /// What came to its ear last.
    last: Frame,
    /// Writes down what it says.
    recorder: Option<Recorder>,
}

#[derive(Debug)]
enum Mouth {
    Virtual(Player),
    /// It says what that endpoint heard a frame ago.
    Relay(EndpointId),
    Browser(Playout),
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

    /// Takes an endpoint away; what was recorded of it until now.
    pub(crate) fn remove(&mut self, id: EndpointId) -> Option<Recorded> {
        let node = self.0.remove(&id)?;
        node.recorder.map(|recorder| recorder.finish(Ended::Stopped))
    }

    /// Writes down what an endpoint says. `false` when there is none.
    pub(crate) fn record(&mut self, id: EndpointId, limits: Limits) -> bool {
        let Some(node) = self.0.get_mut(&id) else { return false };
        node.recorder = Some(Recorder::new(limits));
        true
    }

    /// Ends a recording that goes on.
    pub(crate) fn stop_recording(&mut self, id: EndpointId) -> Option<Recorded> {
        let recorder = self.0.get_mut(&id)?.recorder.take()?;
        Some(recorder.finish(Ended::Stopped))
    }

    /// Sets what an endpoint hears. Endpoints that do not exist are ignored.
    pub(crate) fn hear(&mut self, id: EndpointId, hears: Hears<EndpointId>) {
        if let Some(node) = self.0.get_mut(&id) {
            if let Hears::Sound(sound) = &hears {
                node.sound = Player::new(sound.clone());
            }
            node.hears = hears;
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

    /// The others who hear what this endpoint says.
    pub(crate) fn listeners(&self, to: EndpointId) -> impl Iterator<Item = EndpointId> {
        self.0.iter().filter(move |(id, node)| **id != to && node.hears.is_of(to)).map(|(id, _)| *id)
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
            let ended = node.recorder.as_mut().and_then(|recorder| recorder.push(&frame));
            if let Some(ended) = ended
                && let Some(recorder) = node.recorder.take()
            {
                ticked.events.push(MediaEvent::Recorded(id, recorder.finish(ended)));
            }
        }
        for (&id, node) in &mut self.0 {
            let frame = node.listen(&spoken, || ticked.events.push(MediaEvent::SoundEnded(id)));
            if matches!(node.mouth, Mouth::Browser(_)) {
                ticked.to_browsers.push((id, frame));
            }
        }
        ticked
    }
}

impl Node {
    fn new(mouth: Mouth) -> Self {
        let sound = Player::new(Sound::Silence);
        let hears = Hears::nothing();
        Self { mouth, hears, sound, said: Ring::new(), heard: Ring::new(), last: [0; FRAME], recorder: None }
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

    fn listen(&mut self, spoken: &BTreeMap<EndpointId, Frame>, on_end: impl FnOnce()) -> Frame {
        let mut frame = [0; FRAME];
        match &self.hears {
            Hears::Parties(parties) => frame = mixed(parties.iter().filter_map(|party| spoken.get(party))),
            Hears::Sound(_) => {
                if self.sound.fill(&mut frame) {
                    self.hears = Hears::nothing();
                    on_end();
                }
            }
        }
        self.heard.push(&frame);
        self.last = frame;
        frame
    }
}

/// Several voices at once; what is too loud for the line is cut off.
fn mixed<'a>(voices: impl Iterator<Item = &'a Frame>) -> Frame {
    let mut sum = [0_i32; FRAME];
    for voice in voices {
        for (sum, sample) in sum.iter_mut().zip(voice) {
            *sum += i32::from(*sample);
        }
    }
    sum.map(|sample| i16::try_from(sample).unwrap_or(if sample < 0 { i16::MIN } else { i16::MAX }))
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
        graph.hear(A, Hears::party(B));
        graph.hear(B, Hears::party(A));
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
    fn a_party_hears_several_at_once() {
        const C: EndpointId = EndpointId::new(5);
        let mut graph = Graph::default();
        for id in [A, B, C] {
            graph.add_virtual(id);
        }
        let loud = |hz| Sound::Tone { hz, amplitude: 0.9 };
        assert!(graph.say(A, loud(440.0)) && graph.say(B, loud(620.0)));
        for (listener, heard) in [(A, [B, C]), (B, [A, C]), (C, [A, B])] {
            graph.hear(listener, Hears::Parties(heard.into()));
        }
        run(&mut graph, 10);
        hears(&graph, A, 620.0);
        hears(&graph, B, 440.0);
        assert_eq!(graph.listeners(A).collect::<Vec<_>>(), [B, C]);
        let [a, b] = [A, B].map(|id| graph.samples(id).expect("exists").1);
        let both = graph.samples(C).expect("exists").0;
        let sum = |n: usize| i32::from(a[n]) + i32::from(b[n]);
        let (least, most) = (i32::from(i16::MIN), i32::from(i16::MAX));
        assert!((0..both.len()).all(|n| i32::from(both[n]) == sum(n).clamp(least, most)));
        assert!((0..both.len()).any(|n| sum(n) > most), "too loud together");

        graph.remove(A);
        run(&mut graph, 10);
        hears(&graph, C, 620.0);
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
        graph.hear(A, Hears::party(near));
        graph.hear(near, Hears::party(A));
        graph.hear(B, Hears::party(far));
        graph.hear(far, Hears::party(B));
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
        graph.hear(A, Hears::party(A));
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
        graph.hear(A, Hears::Sound(Sound::Speech { text: "Hello".to_owned() }));
        graph.say(A, Sound::Dtmf("1".to_owned()));
        let events = run(&mut graph, 100);
        assert_eq!(events, [MediaEvent::SaidEnded(A), MediaEvent::SoundEnded(A)]);
        graph.hear(A, Hears::Sound(Sound::Speech { text: "Hello".to_owned() }));
        run(&mut graph, 3);
        graph.hear(A, Hears::Sound(tone(1000.0)));
        assert_eq!(run(&mut graph, 100), [], "a replaced sound does not end");
        hears(&graph, A, 1000.0);
    }

    #[test]
    fn what_an_endpoint_says_is_written_down_until_it_is_silent_or_gone() {
        use std::time::Duration;
        let limits = Limits { silence: Duration::from_millis(100), longest: Duration::from_secs(9) };
        let mut graph = Graph::default();
        graph.add_virtual(A);
        assert!(graph.record(A, limits) && !graph.record(B, limits));
        graph.say(A, Sound::Clip { samples: [1000; 3 * FRAME].into(), repeat: false });
        let events = run(&mut graph, 50);
        let [MediaEvent::SaidEnded(A), MediaEvent::Recorded(A, recorded)] = events.as_slice() else {
            panic!("{events:?}")
        };
        assert_eq!((recorded.samples.len(), recorded.ended), (8 * FRAME, Ended::Silence));
        assert_eq!(recorded.samples[..3 * FRAME], [1000; 3 * FRAME]);
        assert_eq!(graph.stop_recording(A), None);

        assert!(graph.record(A, limits));
        run(&mut graph, 2);
        assert_eq!(graph.stop_recording(A).expect("it goes on").samples.len(), 2 * FRAME);
        assert!(graph.record(A, limits));
        run(&mut graph, 3);
        assert_eq!(graph.remove(A).expect("it goes on").samples.len(), 3 * FRAME);
    }

    #[test]
    fn endpoints_that_do_not_exist_are_ignored() {
        let mut graph = Graph::default();
        graph.hear(A, Hears::party(A));
        assert!(!graph.say(A, tone(440.0)));
        graph.packet(A, 1, 1, [0; FRAME]);
        graph.remove(A);
        graph.add_virtual(A);
        graph.hear(A, Hears::party(B));
        assert_eq!(run(&mut graph, 10), []);
        assert_eq!(heard(&graph, A).rms, 0.0);
    }
}
