//! One browser: its WebRTC connection without I/O and without a clock.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::format::{Codec, FormatParams};
use str0m::media::{Direction, Frequency, MediaKind, Mid, Pt};
use str0m::net::{Receive, Transmit};
use str0m::rtp::{Extension, RtpPacket, RtpWrite};
use str0m::{Candidate, Event, IceConnectionState, Input, Output, Rtc, RtcConfig, RtcError};

use super::error::MediaError;
use super::event::{EndpointId, MediaEvent};
use super::frame::{FRAME, Frame};
use super::{dtmf, g711, sdp};

/// What browsers use for telephone-events at 8 kHz; an answer takes the offer's number instead.
const TELEPHONE_EVENT: u8 = 126;
/// The SDK computes its round-trip time and call quality once a second.
const REPORT_INTERVAL: Duration = Duration::from_secs(1);

/// The defaults would take longer to give up a path than the 15 s without packets that str0m waits in any case.
const STUN_LONGEST_WAIT: Duration = Duration::from_secs(1);
const STUN_ATTEMPTS: usize = 7;

/// What came out of a connection.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Send this datagram.
    Transmit(Transmit),
    /// Tell the world.
    Event(MediaEvent),
    /// Audio in µ-law.
    Audio { source: u32, sequence: u64, payload: Arc<[u8]> },
    /// A telephone-event packet, for those who listen.
    Key(KeyPacket),
}

/// One packet of a telephone-event, as it was received.
#[derive(Clone, Debug)]
pub(crate) struct KeyPacket {
    timestamp: u32,
    marker: bool,
    payload: Arc<[u8]>,
}

/// A browser's connection.
pub(crate) struct Endpoint {
    id: EndpointId,
    rtc: Rtc,
    pending: Option<SdpPendingOffer>,
    mid: Option<Mid>,
    audio: Option<Pt>,
    keys: Option<Pt>,
    detector: dtmf::Detector,
    connected: bool,
    /// Whether packets can leave: from the first connection on, except while nothing answers.
    sending: bool,
    sequence: u64,
    time: u32,
    /// Timestamp of the key that is being forwarded: the sender's, ours.
    forwarded: Option<(u32, u32)>,
    over: bool,
}

/// What all connections have in common: codecs, extensions, and one certificate.
pub(crate) fn config() -> Result<RtcConfig, MediaError> {
    let provider = str0m::crypto::from_feature_flags();
    let certificate = provider.dtls_provider.generate_certificate().ok_or(MediaError::Certificate)?;
    // Without transport-wide congestion control there is a third less packets.
    let mut config = RtcConfig::new()
        .set_crypto_provider(Arc::new(provider))
        .set_dtls_cert(certificate)
        .set_rtp_mode(true)
        .set_rtcp_report_interval_audio(REPORT_INTERVAL)
        .clear_codecs()
        .enable_pcmu(true, false)
        .clear_extension_map()
        .set_extension(1, Extension::AudioLevel)
        .set_extension(4, Extension::RtpMid);
    config.set_max_stun_rto(STUN_LONGEST_WAIT);
    config.set_max_stun_retransmits(STUN_ATTEMPTS);
    config.codec_config().add_config(
        TELEPHONE_EVENT.into(),
        None,
        Codec::Tele,
        Frequency::EIGHT_KHZ,
        None,
        FormatParams::default(),
    );
    Ok(config)
}

impl Endpoint {
    /// A connection with nothing negotiated, reachable at these addresses, the best first.
    pub(crate) fn new(
        id: EndpointId,
        config: &RtcConfig,
        addresses: &[SocketAddr],
        now: Instant,
    ) -> Result<Self, MediaError> {
        let mut endpoint = Self {
            id,
            rtc: config.clone().build(now),
            pending: None,
            mid: None,
            audio: None,
            keys: None,
            detector: dtmf::Detector::default(),
            connected: false,
            sending: false,
            sequence: 0,
            time: 0,
            forwarded: None,
            over: false,
        };
        endpoint.reachable_at(addresses)?;
        Ok(endpoint)
    }

    /// Adds what is new of these addresses, for the next session description.
    pub(crate) fn reachable_at(&mut self, addresses: &[SocketAddr]) -> Result<(), MediaError> {
        for address in addresses {
            self.rtc.add_local_candidate(Candidate::host(*address, "udp").map_err(MediaError::bad_sdp)?);
        }
        Ok(())
    }

    /// Answers an offer: the first one, or one with new ICE credentials for a connection that stands.
    pub(crate) fn answer(&mut self, offer: SdpOffer) -> Result<String, MediaError> {
        let answer = self.rtc.sdp_api().accept_offer(offer).map_err(MediaError::bad_sdp)?;
        self.pending = None;
        self.choose_codecs();
        Ok(sdp::complete(&answer.to_sdp_string()))
    }

    /// Makes an offer of audio both ways.
    pub(crate) fn offer(&mut self) -> Result<String, MediaError> {
        let mut changes = self.rtc.sdp_api();
        let mid = changes.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
        let Some((offer, pending)) = changes.apply() else {
            return Err(MediaError::WrongState { id: self.id, reason: "there is nothing to offer" });
        };
        (self.mid, self.pending) = (Some(mid), Some(pending));
        Ok(sdp::complete(&offer.to_sdp_string()))
    }

    /// Takes the answer to [`Endpoint::offer`].
    pub(crate) fn accept_answer(&mut self, answer: SdpAnswer) -> Result<(), MediaError> {
        let Some(pending) = self.pending.take() else {
            let reason = "an answer came, but no offer is waiting for one";
            return Err(MediaError::WrongState { id: self.id, reason });
        };
        self.rtc.sdp_api().accept_answer(pending, answer).map_err(MediaError::bad_sdp)?;
        self.choose_codecs();
        Ok(())
    }

    fn choose_codecs(&mut self) {
        let Some(media) = self.mid.and_then(|mid| self.rtc.media(mid)) else { return };
        let agreed = media.remote_pts();
        let find = |codec: Codec| {
            let fits = |p: &&str0m::format::PayloadParams| {
                agreed.contains(&p.pt())
                    && p.spec().codec == codec
                    && p.spec().clock_rate == Frequency::EIGHT_KHZ
            };
            self.rtc.codec_config().params().iter().find(fits).map(|p| p.pt())
        };
        (self.audio, self.keys) = (find(Codec::PCMU), find(Codec::Tele));
    }

    /// Whether this packet belongs to this connection.
    pub(crate) fn accepts(&self, input: &Input<'_>) -> bool {
        self.rtc.accepts(input)
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.connected
    }

    pub(crate) fn has_keys(&self) -> bool {
        self.keys.is_some()
    }

    /// A packet came.
    pub(crate) fn receive(&mut self, now: Instant, receive: Receive<'_>, out: &mut Vec<Outcome>) {
        if let Err(error) = self.rtc.handle_input(Input::Receive(now, receive)) {
            self.fail(&error, out);
        }
    }

    /// The time is `now`.
    pub(crate) fn advance(&mut self, now: Instant, out: &mut Vec<Outcome>) {
        if let Err(error) = self.rtc.handle_input(Input::Timeout(now)) {
            self.fail(&error, out);
        }
    }

    /// Sends the frame of tick number `tick`; silence is sent too, as a telephone network does.
    pub(crate) fn send(&mut self, now: Instant, tick: u64, frame: &Frame, out: &mut Vec<Outcome>) {
        if let Some(press) = self.detector.tick() {
            out.push(self.pressed(press));
        }
        // RTP timestamps wrap.
        self.time = (tick as u32).wrapping_mul(FRAME as u32);
        let payload: Arc<[u8]> = frame.iter().map(|&sample| g711::encode(sample)).collect();
        if let Some(pt) = self.audio {
            let first = self.sequence == 0;
            self.write(now, pt, self.time, first, payload);
        }
        self.advance(now, out);
    }

    /// Sends on a key that somebody else pressed. It begins where the audio of this connection is.
    pub(crate) fn forward_key(&mut self, now: Instant, packet: KeyPacket, out: &mut Vec<Outcome>) {
        let Some(pt) = self.keys else { return };
        let time = match self.forwarded {
            Some((theirs, ours)) if theirs == packet.timestamp => ours,
            _ => self.time,
        };
        self.forwarded = Some((packet.timestamp, time));
        self.write(now, pt, time, packet.marker, packet.payload);
        self.advance(now, out);
    }

    fn write(&mut self, now: Instant, pt: Pt, time: u32, marker: bool, payload: Arc<[u8]>) {
        let Some(mid) = self.mid.filter(|_| self.sending) else { return };
        let mut direct = self.rtc.direct_api();
        let Some(stream) = direct.stream_tx_by_mid(mid, None) else { return };
        stream.write_rtp(RtpWrite::new(pt, self.sequence.into(), time, now, payload).marker(marker));
        self.sequence += 1;
    }

    /// Takes out everything that is ready. Must follow every other call. Returns when to call
    /// [`Endpoint::advance`] next; `None` when the connection is over.
    pub(crate) fn drain(&mut self, out: &mut Vec<Outcome>) -> Option<Instant> {
        let deadline = loop {
            match self.rtc.poll_output() {
                Ok(Output::Timeout(deadline)) => break deadline,
                Ok(Output::Transmit(transmit)) => out.push(Outcome::Transmit(transmit)),
                Ok(Output::Event(event)) => self.event(event, out),
                Err(error) => {
                    self.fail(&error, out);
                    return None;
                }
            }
        };
        let connected = self.rtc.is_connected();
        if connected && !self.connected {
            self.sending = true;
            out.push(Outcome::Event(MediaEvent::Connected(self.id)));
        }
        self.connected = connected;
        self.rtc.is_alive().then_some(deadline)
    }

    fn event(&mut self, event: Event, out: &mut Vec<Outcome>) {
        match event {
            Event::MediaAdded(added) if added.kind == MediaKind::Audio && self.mid.is_none() => {
                self.mid = Some(added.mid);
                self.choose_codecs();
            }
            Event::IceConnectionStateChange(IceConnectionState::Disconnected) => {
                self.sending = false;
                out.push(Outcome::Event(MediaEvent::IceDisconnected(self.id)));
            }
            Event::RtpPacket(packet) => self.packet(&packet, out),
            Event::Closed if !self.over => {
                self.over = true;
                out.push(Outcome::Event(MediaEvent::Closed(self.id)));
            }
            _ => {}
        }
    }

    fn packet(&mut self, packet: &RtpPacket, out: &mut Vec<Outcome>) {
        let header = &packet.header;
        let payload = packet.payload.clone();
        if Some(header.payload_type) == self.audio {
            out.push(Outcome::Audio { source: *header.ssrc, sequence: *packet.seq_no, payload });
        } else if Some(header.payload_type) == self.keys {
            for press in self.detector.packet(header.timestamp, &payload) {
                out.push(self.pressed(press));
            }
            out.push(Outcome::Key(KeyPacket { timestamp: header.timestamp, marker: header.marker, payload }));
        }
    }

    fn pressed(&self, press: dtmf::Press) -> Outcome {
        Outcome::Event(MediaEvent::Dtmf { endpoint: self.id, key: press.key, duration_ms: press.duration_ms })
    }

    fn fail(&mut self, error: &RtcError, out: &mut Vec<Outcome>) {
        self.rtc.disconnect();
        self.connected = false;
        self.sending = false;
        if !self.over {
            self.over = true;
            out.push(Outcome::Event(MediaEvent::Failed(self.id, error.to_string())));
        }
    }
}
