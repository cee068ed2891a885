//! The fake microphone's tone, and what a page hears.

use std::path::Path;

use anyhow::{Result, anyhow};
use emulator::PhoneCall;
use hound::{SampleFormat, WavSpec, WavWriter};
use serde::Deserialize;

use crate::PATIENCE;

/// Pitch accuracy of a page's measurement: its FFT has bins of 6 Hz at 48 kHz.
const TOLERANCE_HZ: f64 = 15.0;
/// Quieter than this is silence. The tones of the tests arrive at 0.1 or more.
const AUDIBLE_RMS: f64 = 0.02;

/// What a page hears just now.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Heard {
    /// Root mean square, 0 to 1.
    pub rms: f64,
    /// The strongest frequency.
    pub peak_hz: f64,
}

impl Heard {
    pub fn is_tone(&self, hz: f64) -> bool {
        self.rms > AUDIBLE_RMS && (self.peak_hz - hz).abs() < TOLERANCE_HZ
    }

    pub fn is_silence(&self) -> bool {
        self.rms < AUDIBLE_RMS
    }
}

/// Waits until the external phone hears the tone.
///
/// # Errors
/// It hears something else for [`PATIENCE`].
pub async fn hears_tone(call: &PhoneCall, hz: f32) -> Result<()> {
    let heard = call.wait_hears_tone(hz, PATIENCE).await;
    heard.map_err(|last| anyhow!("the external phone never heard {hz} Hz; last {last:?}"))
}

/// Waits until the external phone hears nothing.
///
/// # Errors
/// It hears something for [`PATIENCE`].
pub async fn hears_silence(call: &PhoneCall) -> Result<()> {
    let heard = call.wait_hears_silence(PATIENCE).await;
    heard.map_err(|last| anyhow!("the external phone never heard silence; last {last:?}"))
}

/// Runs in every page before its own scripts. It listens in on every remote audio track, and it turns the browser's
/// audio processing off, because echo cancellation rightly removes a tone that comes back.
pub const EARS: &str = r"(() => {
    const ears = [];
    let context;
    const listen = (track) => {
        context ??= new AudioContext();
        const analyser = context.createAnalyser();
        analyser.fftSize = 8192;
        analyser.smoothingTimeConstant = 0;
        context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
        ears.push({ track, analyser });
    };
    const Connection = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Connection {
        constructor(...options) {
            super(...options);
            this.addEventListener('track', (event) => listen(event.track));
        }
    };
    const devices = navigator.mediaDevices;
    const open = devices.getUserMedia.bind(devices);
    devices.getUserMedia = (constraints) => {
        const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
        const audio = constraints.audio === true ? {} : constraints.audio;
        return open({ ...constraints, audio: audio && { ...audio, ...raw } });
    };
    window.heardNow = () => {
        const ear = ears.filter((ear) => ear.track.readyState === 'live').at(-1);
        if (!ear) return { rms: 0, peak_hz: 0 };
        const wave = new Float32Array(ear.analyser.fftSize);
        ear.analyser.getFloatTimeDomainData(wave);
        const power = new Float32Array(ear.analyser.frequencyBinCount);
        ear.analyser.getFloatFrequencyData(power);
        let peak = 0;
        for (let bin = 0; bin < power.length; bin++) if (power[bin] > power[peak]) peak = bin;
        return {
            rms: Math.sqrt(wave.reduce((sum, sample) => sum + sample * sample, 0) / wave.length),
            peak_hz: (peak * context.sampleRate) / ear.analyser.fftSize,
        };
    };
})();";

/// A second of a pure tone, 48 kHz mono, whole periods so that Chromium's loop has no click.
///
/// # Errors
/// The file cannot be written.
pub fn write_tone(path: &Path, hz: u32) -> Result<()> {
    const RATE: u32 = 48_000;
    let spec =
        WavSpec { channels: 1, sample_rate: RATE, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut file = WavWriter::create(path, spec)?;
    for n in 0..RATE {
        let phase = f64::from(n) * f64::from(hz) / f64::from(RATE) * std::f64::consts::TAU;
        file.write_sample((phase.sin() * 12_000.0) as i16)?;
    }
    file.finalize()?;
    Ok(())
}
