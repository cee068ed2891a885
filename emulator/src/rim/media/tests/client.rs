//! A WebRTC peer that speaks a tone, presses keys and remembers what it heard.

use std::collections::VecDeque;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::media::{Direction, MediaKind, Mid};
use str0m::net::{Protocol, Receive};
use str0m::rtp::RtpWrite;
use str0m::{Candidate, Event, Input, Output, Rtc};
use tokio::net::UdpSocket;
use tokio::sync::{mpsc, oneshot};

use crate::core::media::analysis::analyse;
use crate::core::media::frame::{FRAME, Frame};
use crate::core::media::sound::Player;
use crate::core::media::{Heard, Sound, endpoint, g711};

const PCMU: u8 = 0;
const KEYS: u8 = 126;
/// 200 ms.
const WINDOW: usize = 1600;
/// 160 ms and three end packets, as browsers do it.
const PACKETS_PER_KEY: u16 = 10;

/// The handle of a peer that runs in a task.
pub(super) struct Client {
    requests: mpsc::UnboundedSender<Request>,
    memory: Arc<Mutex<Memory>>,
}

struct Memory {
    heard: VecDeque<i16>,
    keys: Vec<(u32, u8)>,
}

enum Request {
    Answer(String, oneshot::Sender<String>),
    Offer { restart: bool, reply: oneshot::Sender<String> },
    Accept(String),
    Press(u8),
}

impl Client {
    /// A peer that says a tone of this frequency.
    pub(super) async fn start(hz: f32) -> Self {
        Self::start_at(Ipv4Addr::LOCALHOST.into(), hz).await
    }

    /// The same at this address.
    pub(super) async fn start_at(address: IpAddr, hz: f32) -> Self {
        let socket = UdpSocket::bind((address, 0)).await.expect("a free port");
        let mut rtc = endpoint::config().expect("a configuration").build(Instant::now());
        let address = socket.local_addr().expect("bound");
        rtc.add_local_candidate(Candidate::host(address, "udp").expect("an address"));
        let (requests, receiver) = mpsc::unbounded_channel();
        let memory =
            Arc::new(Mutex::new(Memory { heard: VecDeque::from(vec![0; WINDOW]), keys: Vec::new() }));
        let peer = Peer {
            rtc,
            socket,
            memory: memory.clone(),
            voice: Player::new(Sound::Tone { hz, amplitude: 0.3 }),
            mid: None,
            pending: None,
            pressing: VecDeque::new(),
            sequence: 0,
            time: 0,
        };
        tokio::spawn(peer.run(receiver));
        Self { requests, memory }
    }

    pub(super) async fn answer(&self, offer: String) -> String {
        let (reply, answer) = oneshot::channel();
        self.send(Request::Answer(offer, reply));
        answer.await.expect("the peer runs")
    }

    pub(super) async fn offer(&self) -> String {
        self.new_offer(false).await
    }

    /// An offer with new ICE credentials.
    pub(super) async fn restart(&self) -> String {
        self.new_offer(true).await
    }

    async fn new_offer(&self, restart: bool) -> String {
        let (reply, offer) = oneshot::channel();
        self.send(Request::Offer { restart, reply });
        offer.await.expect("the peer runs")
    }

    pub(super) fn accept(&self, answer: String) {
        self.send(Request::Accept(answer));
    }

    pub(super) fn press(&self, code: u8) {
        self.send(Request::Press(code));
    }

    /// The last 200 ms that arrived.
    pub(super) fn hears(&self) -> Heard {
        analyse(self.memory.lock().expect("not poisoned").heard.make_contiguous())
    }

    /// The telephone-events that arrived, one for each timestamp.
    pub(super) fn keys(&self) -> Vec<u8> {
        let mut keys = self.memory.lock().expect("not poisoned").keys.clone();
        keys.dedup();
        keys.into_iter().map(|(_, code)| code).collect()
    }

    fn send(&self, request: Request) {
        assert!(self.requests.send(request).is_ok(), "the peer runs");
    }
}

struct Peer {
    rtc: Rtc,
    socket: UdpSocket,
    memory: Arc<Mutex<Memory>>,
    voice: Player,
    mid: Option<Mid>,
    pending: Option<SdpPendingOffer>,
    /// Packets still to be sent: when they began, payload.
    pressing: VecDeque<(u32, Arc<[u8]>)>,
    sequence: u64,
    time: u32,
}

impl Peer {
    async fn run(mut self, mut requests: mpsc::UnboundedReceiver<Request>) {
        let mut next_frame = Instant::now();
        let mut buffer = [0; 2000];
        loop {
            let deadline = self.drain();
            tokio::select! {
                request = requests.recv() => match request {
                    Some(request) => self.request(request),
                    None => return,
                },
                Ok((length, source)) = self.socket.recv_from(&mut buffer) => {
                    let to = self.socket.local_addr().expect("bound");
                    let receive = Receive::new(Protocol::Udp, source, to, &buffer[..length]).expect("WebRTC");
                    self.rtc.handle_input(Input::Receive(Instant::now(), receive)).expect("accepted");
                }
                () = tokio::time::sleep_until(deadline.min(next_frame).into()) => {
                    if next_frame <= Instant::now() {
                        next_frame += Duration::from_millis(20);
                        self.speak();
                    }
                    self.rtc.handle_input(Input::Timeout(Instant::now())).expect("alive");
                }
            }
        }
    }

    fn request(&mut self, request: Request) {
        match request {
            Request::Answer(offer, reply) => {
                let offer = SdpOffer::from_sdp_string(&offer).expect("an offer");
                let answer = self.rtc.sdp_api().accept_offer(offer).expect("acceptable");
                reply.send(answer.to_sdp_string()).expect("the test waits");
            }
            Request::Offer { restart, reply } => {
                let mut changes = self.rtc.sdp_api();
                if restart {
                    changes.ice_restart(true);
                } else {
                    let audio = changes.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
                    self.mid = Some(audio);
                }
                let (offer, pending) = changes.apply().expect("a change");
                self.pending = Some(pending);
                // Like the SDK: the candidates stay at home.
                let offer: String = offer
                    .to_sdp_string()
                    .split_inclusive('\n')
                    .filter(|line| !line.starts_with("a=candidate"))
                    .collect();
                reply.send(offer).expect("the test waits");
            }
            Request::Accept(answer) => {
                let answer = SdpAnswer::from_sdp_string(&answer).expect("an answer");
                let pending = self.pending.take().expect("an offer");
                self.rtc.sdp_api().accept_answer(pending, answer).expect("acceptable");
            }
            Request::Press(code) => self.press(code),
        }
    }

    fn press(&mut self, code: u8) {
        // Each key is later than the one before, also when that one is still on its way.
        let begin = self.pressing.back().map_or(self.time, |(begin, _)| begin + 1600);
        for n in 1..=PACKETS_PER_KEY {
            let [high, low] = (n.min(8) * 160).to_be_bytes();
            let end = if n >= 8 { 0x8a } else { 0x0a };
            self.pressing.push_back((begin, Arc::from([code, end, high, low])));
        }
    }

    fn speak(&mut self) {
        let mut frame: Frame = [0; FRAME];
        self.voice.fill(&mut frame);
        self.time += FRAME as u32;
        let voice: Arc<[u8]> = frame.iter().map(|&sample| g711::encode(sample)).collect();
        let key = self.pressing.pop_front();
        let mut packets = vec![(PCMU, self.time, voice)];
        packets.extend(key.map(|(begin, payload)| (KEYS, begin, payload)));
        let Some(mid) = self.mid.filter(|_| self.rtc.is_connected()) else { return };
        let mut direct = self.rtc.direct_api();
        let Some(stream) = direct.stream_tx_by_mid(mid, None) else { return };
        for (pt, time, payload) in packets {
            self.sequence += 1;
            stream.write_rtp(RtpWrite::new(pt.into(), self.sequence.into(), time, Instant::now(), payload));
        }
    }

    fn drain(&mut self) -> Instant {
        loop {
            match self.rtc.poll_output().expect("no fault") {
                Output::Timeout(deadline) => return deadline,
                Output::Transmit(t) => {
                    self.socket.try_send_to(&t.contents, t.destination).expect("room in the socket");
                }
                Output::Event(Event::MediaAdded(added)) => self.mid = Some(added.mid),
                Output::Event(Event::RtpPacket(packet)) => {
                    let mut memory = self.memory.lock().expect("not poisoned");
                    if *packet.header.payload_type == KEYS {
                        memory.keys.push((packet.header.timestamp, packet.payload[0]));
                    } else {
                        memory.heard.extend(packet.payload.iter().map(|&code| g711::decode(code)));
                        let surplus = memory.heard.len().saturating_sub(WINDOW);
                        memory.heard.drain(..surplus);
                    }
                }
                Output::Event(_) => {}
            }
        }
    }
}
