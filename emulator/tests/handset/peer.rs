//! The audio of a page: a WebRTC peer that says a tone and listens.

use std::f32::consts::TAU;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use str0m::change::{SdpAnswer, SdpPendingOffer};
use str0m::media::{Direction, MediaKind, Mid};
use str0m::net::{Protocol, Receive};
use str0m::rtp::RtpWrite;
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig};
use tokio::net::UdpSocket;
use tokio::sync::{mpsc, watch};

const PCMU: u8 = 0;
/// 20 ms.
const FRAME: u32 = 160;

/// The handle of a peer that runs in a task.
pub(crate) struct Peer {
    answers: mpsc::UnboundedSender<String>,
    heard: watch::Receiver<f32>,
}

struct Running {
    rtc: Rtc,
    socket: UdpSocket,
    mid: Mid,
    pending: Option<SdpPendingOffer>,
    hz: f32,
    time: u32,
    /// Zero crossings tell the frequency of a lone tone.
    heard: watch::Sender<f32>,
    samples: Vec<f32>,
}

impl Peer {
    /// A peer that will say this tone, and its offer.
    pub(crate) async fn offer(hz: f32) -> (Self, String) {
        str0m::crypto::from_feature_flags().install_process_default();
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let mut rtc =
            RtcConfig::new().set_rtp_mode(true).clear_codecs().enable_pcmu(true, false).build(Instant::now());
        rtc.add_local_candidate(Candidate::host(socket.local_addr().unwrap(), "udp").unwrap());
        let mut changes = rtc.sdp_api();
        let mid = changes.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
        let (offer, pending) = changes.apply().unwrap();
        let (answers, requests) = mpsc::unbounded_channel();
        let (sender, heard) = watch::channel(0.0);
        let samples = Vec::new();
        let running =
            Running { rtc, socket, mid, pending: Some(pending), hz, time: 0, heard: sender, samples };
        actix_web::rt::spawn(running.run(requests));
        (Self { answers, heard }, offer.to_sdp_string())
    }

    pub(crate) fn accept(&self, answer: &str) {
        self.answers.send(answer.to_owned()).unwrap();
    }

    /// Waits until a tone within 20 Hz of `hz` is heard.
    pub(crate) async fn wait_hears(&self, hz: f32, patience: Duration) {
        let mut heard = self.heard.clone();
        let found = tokio::time::timeout(patience, heard.wait_for(|now| (now - hz).abs() < 20.0)).await;
        found.unwrap_or_else(|_| panic!("hears {} Hz, not {hz}", *self.heard.borrow())).unwrap();
    }
}

impl Running {
    async fn run(mut self, mut answers: mpsc::UnboundedReceiver<String>) {
        let mut next_frame = Instant::now();
        let mut buffer = [0; 2000];
        loop {
            let deadline = self.drain();
            tokio::select! {
                answer = answers.recv() => {
                    let Some(answer) = answer else { return };
                    let answer = SdpAnswer::from_sdp_string(&answer).unwrap();
                    self.rtc.sdp_api().accept_answer(self.pending.take().unwrap(), answer).unwrap();
                }
                Ok((length, source)) = self.socket.recv_from(&mut buffer) => {
                    let to = self.socket.local_addr().unwrap();
                    let receive = Receive::new(Protocol::Udp, source, to, &buffer[..length]).unwrap();
                    self.rtc.handle_input(Input::Receive(Instant::now(), receive)).unwrap();
                }
                () = tokio::time::sleep_until(deadline.min(next_frame).into()) => {
                    if next_frame <= Instant::now() {
                        next_frame += Duration::from_millis(20);
                        self.speak();
                    }
                    self.rtc.handle_input(Input::Timeout(Instant::now())).unwrap();
                }
            }
        }
    }

    fn speak(&mut self) {
        let sample = |n: u32| (TAU * self.hz * (self.time + n) as f32 / 8000.0).sin() * 8000.0;
        let payload: Arc<[u8]> = (0..FRAME).map(|n| encode(sample(n) as i16)).collect();
        self.time += FRAME;
        if !self.rtc.is_connected() {
            return;
        }
        let mut direct = self.rtc.direct_api();
        let Some(stream) = direct.stream_tx_by_mid(self.mid, None) else { return };
        let sequence = u64::from(self.time / FRAME);
        stream.write_rtp(RtpWrite::new(PCMU.into(), sequence.into(), self.time, Instant::now(), payload));
    }

    fn drain(&mut self) -> Instant {
        loop {
            match self.rtc.poll_output() {
                Ok(Output::Timeout(deadline)) => return deadline,
                Ok(Output::Transmit(t)) => {
                    self.socket.try_send_to(&t.contents, t.destination).unwrap();
                }
                Ok(Output::Event(Event::RtpPacket(packet))) => self.listen(&packet.payload),
                Ok(Output::Event(_)) => {}
                // The emulator closed it.
                Err(_) => return Instant::now() + Duration::from_secs(60),
            }
        }
    }

    fn listen(&mut self, payload: &[u8]) {
        self.samples.extend(payload.iter().map(|&code| sign(code)));
        if self.samples.len() >= 1600 {
            let crossings = self.samples.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
            self.heard.send_replace(crossings as f32 * 8000.0 / self.samples.len() as f32);
            self.samples.clear();
        }
    }
}

/// µ-law, ITU-T G.711.
fn encode(sample: i16) -> u8 {
    let sign = if sample < 0 { 0x80 } else { 0 };
    let magnitude = i32::from(sample).abs().min(32_635) + 132;
    let segment = 24 - magnitude.leading_zeros() as i32;
    !(sign | ((segment << 4) | ((magnitude >> (segment + 3)) & 0x0f)) as u8)
}

/// Which side of zero a µ-law code is on; both zeros are neither.
fn sign(code: u8) -> f32 {
    match !code {
        0 | 0x80 => 0.0,
        code if code & 0x80 == 0 => 1.0,
        _ => -1.0,
    }
}
