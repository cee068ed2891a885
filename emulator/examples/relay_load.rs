//! How much of a core do relayed calls cost? Each call is two WebRTC peers that hear each other through the media
//! engine. `cargo run --release -p emulator --example relay_load -- 100`

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use emulator::core::media::{Hears, MediaEvent};
use emulator::rim::media::MediaEngine;
use str0m::change::SdpAnswer;
use str0m::media::{Direction, MediaKind, Mid};
use str0m::net::{Protocol, Receive};
use str0m::rtp::RtpWrite;
use str0m::{Candidate, Event, Input, Output, Rtc};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;

const FRAME: Duration = Duration::from_millis(20);
/// Calls settle for this long, and are measured for twice as long.
const SETTLE: Duration = Duration::from_secs(5);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let calls = std::env::args().nth(1).map_or(Ok(100), |text| text.parse::<usize>())?;
    let (engine, mut events) = MediaEngine::start(IpAddr::V4(Ipv4Addr::LOCALHOST)).await?;
    let (arrived, mut packets) = mpsc::unbounded_channel();
    let mut endpoints = Vec::new();
    for n in 0..calls * 2 {
        let (peer, offer) = Peer::new(n, arrived.clone()).await?;
        let (id, answer) = engine.accept_offer(&offer.1).await?;
        tokio::spawn(peer.run(offer.0, answer));
        endpoints.push(id);
    }
    for pair in endpoints.chunks_exact(2) {
        engine.hear(pair[0], Hears::party(pair[1]));
        engine.hear(pair[1], Hears::party(pair[0]));
    }
    let mut connected = 0;
    while connected < endpoints.len() {
        let event = tokio::time::timeout(Duration::from_secs(60), events.recv()).await?;
        connected += usize::from(matches!(event.context("the engine ended")?, MediaEvent::Connected(_)));
    }
    tokio::time::sleep(SETTLE).await;
    while packets.try_recv().is_ok() {}
    let (before, start) = (media_ticks()?, Instant::now());
    tokio::time::sleep(SETTLE * 2).await;
    let seconds = start.elapsed().as_secs_f64();
    // Linux counts processor time in hundredths of a second.
    let load = (media_ticks()? - before) as f64 / seconds;
    let mut heard = 0;
    while packets.try_recv().is_ok() {
        heard += 1;
    }
    let rate = f64::from(heard) / seconds / endpoints.len() as f64;
    let mut out = std::io::stdout();
    writeln!(out, "{calls} calls, {} peers: the media thread takes {load:.1} % of a core", endpoints.len())?;
    writeln!(out, "each peer hears {rate:.1} packets a second (50 are sent)")?;
    ensure!(rate > 45.0, "audio is lost; the figure means nothing");
    Ok(())
}

/// Processor time of the thread `media` so far.
fn media_ticks() -> Result<u64> {
    for thread in std::fs::read_dir("/proc/self/task")? {
        let stat = std::fs::read_to_string(thread?.path().join("stat"))?;
        if let Some((name, rest)) = stat.rsplit_once(") ")
            && name.ends_with("(media")
        {
            // utime and stime are the 14th and 15th field; the name was the second.
            let fields: Vec<&str> = rest.split(' ').collect();
            let field = |at: usize| fields.get(at).and_then(|text| text.parse::<u64>().ok());
            return field(11).zip(field(12)).map(|(user, kernel)| user + kernel).context("a short stat");
        }
    }
    anyhow::bail!("there is no thread `media`")
}

struct Peer {
    rtc: Rtc,
    socket: UdpSocket,
    mid: Mid,
    arrived: mpsc::UnboundedSender<()>,
    sequence: u64,
}

type Offer = (str0m::change::SdpPendingOffer, String);

impl Peer {
    async fn new(n: usize, arrived: mpsc::UnboundedSender<()>) -> Result<(Self, Offer)> {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        if n == 0 {
            str0m::crypto::from_feature_flags().install_process_default();
        }
        let mut rtc =
            Rtc::builder().set_rtp_mode(true).clear_codecs().enable_pcmu(true, false).build(Instant::now());
        rtc.add_local_candidate(Candidate::host(socket.local_addr()?, "udp")?);
        let mut changes = rtc.sdp_api();
        let mid = changes.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
        let (offer, pending) = changes.apply().context("nothing to offer")?;
        Ok((Self { rtc, socket, mid, arrived, sequence: 0 }, (pending, offer.to_sdp_string())))
    }

    async fn run(mut self, pending: str0m::change::SdpPendingOffer, answer: String) -> Result<()> {
        self.rtc.sdp_api().accept_answer(pending, SdpAnswer::from_sdp_string(&answer)?)?;
        let mut next = Instant::now();
        let mut buffer = [0; 2000];
        loop {
            let deadline = self.drain()?;
            tokio::select! {
                received = self.socket.recv_from(&mut buffer) => {
                    let (length, source) = received?;
                    let bytes = buffer.get(..length).unwrap_or_default();
                    let receive = Receive::new(Protocol::Udp, source, self.socket.local_addr()?, bytes)?;
                    self.rtc.handle_input(Input::Receive(Instant::now(), receive))?;
                }
                () = tokio::time::sleep_until(deadline.min(next).into()) => {
                    let now = Instant::now();
                    if next <= now {
                        next += FRAME;
                        self.speak(now);
                    }
                    self.rtc.handle_input(Input::Timeout(now))?;
                }
            }
        }
    }

    fn speak(&mut self, now: Instant) {
        if !self.rtc.is_connected() {
            return;
        }
        let mut direct = self.rtc.direct_api();
        let Some(stream) = direct.stream_tx_by_mid(self.mid, None) else { return };
        self.sequence += 1;
        let payload: Arc<[u8]> = Arc::from([0x55; 160]);
        let time = (self.sequence as u32).wrapping_mul(160);
        stream.write_rtp(RtpWrite::new(0.into(), self.sequence.into(), time, now, payload));
    }

    fn drain(&mut self) -> Result<Instant> {
        loop {
            match self.rtc.poll_output()? {
                Output::Timeout(deadline) => return Ok(deadline),
                Output::Transmit(transmit) => {
                    // A full buffer is a lost packet; the measurement would show it.
                    let _ = self.socket.try_send_to(&transmit.contents, transmit.destination);
                }
                Output::Event(Event::RtpPacket(_)) => {
                    let _ = self.arrived.send(());
                }
                Output::Event(_) => {}
            }
        }
    }
}
