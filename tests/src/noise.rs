//! What the strong noise filter does to sound, and where it is.

use anyhow::{Result, ensure};
use serde::Deserialize;

use crate::softphone::Softphone;

/// Runs in the page before its own scripts: watches filters, what is sent and what is asked of microphones, and can make the
/// microphone one that somebody speaks into.
const WATCH: &str = r"(() => {
    const filters = [];
    const Filter = window.AudioWorkletNode;
    window.AudioWorkletNode = class extends Filter {
        constructor(...options) {
            super(...options);
            filters.push(this);
        }
    };
    window.filters = () => filters.filter((filter) => filter.context.state !== 'closed');
    const fed = [];
    const Fed = window.MediaStreamAudioDestinationNode;
    window.MediaStreamAudioDestinationNode = class extends Fed {
        constructor(...options) {
            super(...options);
            fed.push(this.stream);
        }
    };
    const connections = [];
    const Connection = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Connection {
        constructor(...options) {
            super(...options);
            connections.push(this);
        }
    };
    // Whether the far end hears a filter, the only one there is, and that is at work.
    window.isFiltered = () => {
        const sent = connections.at(-1)?.getSenders()[0]?.track;
        const through = fed.some((stream) => stream.getTracks().includes(sent));
        const [filter, ...others] = window.filters();
        return sent?.readyState === 'live' && through && !others.length && filter?.context.state === 'running';
    };
    window.isPlain = () => {
        const sent = connections.at(-1)?.getSenders()[0]?.track;
        const through = fed.some((stream) => stream.getTracks().includes(sent));
        return sent?.readyState === 'live' && !through && !window.filters().length;
    };
    window.asked = [];
    const devices = navigator.mediaDevices;
    const open = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
        window.asked.push(constraints.audio);
        return open(constraints);
    };
})();";

/// What is played to the filter, by name: 48 kHz mono, always the same.
const SOUNDS: &str = r"
    const RATE = 48000;
    let seed = 1;
    // xorshift32
    const random = () => {
        seed ^= seed << 13; seed ^= seed >>> 17; seed ^= seed << 5;
        return (seed >>> 0) / 4294967296 - 0.5;
    };
    // Two syllables a second, each half of its time: the harmonics of a voice that rises and falls, by three formants.
    const speaks = (t) => t % 0.5 < 0.25;
    const voice = (t) => {
        if (!speaks(t)) return 0;
        const phase = 2 * Math.PI * (120 * t + 1.5 * Math.sin(2 * Math.PI * 1.7 * t));
        let sum = 0;
        for (let n = 1; n < 30; n++) {
            const hz = 120 * n;
            const near = (formant, width) => Math.exp(-(((hz - formant) / width) ** 2));
            const formants = near(600, 200) + 0.6 * near(1200, 250) + 0.3 * near(2600, 350);
            sum += (0.05 / n + formants) * Math.sin(n * phase);
        }
        return 0.08 * sum * Math.sin((Math.PI * (t % 0.5)) / 0.25);
    };
    const noise = () => 0.1 * random();
    const sounds = { noise, voice, both: (t) => voice(t) + noise() };
    const recording = (name, seconds) => Float32Array.from({ length: RATE * seconds }, (_, i) => sounds[name](i / RATE));
";

/// Puts the page's own filter into a context that has no clock, waits until its network is there, and plays the sound to it.
const MEASURE: &str = r"
    const SECONDS = 6;
    // Until then the network must be there. Time of the context, which stands still while the page waits.
    const READY_WITHIN = 20;
    const load = () => new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement('script'), { src: 'noise.js' });
        script.onload = resolve; script.onerror = reject;
        document.head.append(script);
    });
    const measure = async (name) => {
        if (!window.noiseFilter) await load();
        const samples = recording(name, SECONDS);
        const context = new OfflineAudioContext(1, RATE * (READY_WITHIN + SECONDS), RATE);
        const filter = await window.noiseFilter.nodeIn(context);
        const analyser = new AnalyserNode(context, { fftSize: 2048 });
        filter.connect(context.destination);
        filter.connect(analyser);
        const prelude = new OscillatorNode(context, { frequency: 300 });
        prelude.connect(filter);
        prelude.start();
        const buffer = new AudioBuffer({ length: samples.length, sampleRate: RATE });
        buffer.copyToChannel(samples, 0);
        const source = new AudioBufferSourceNode(context, { buffer });
        source.connect(filter);
        let began;
        const look = async () => {
            const wave = new Float32Array(analyser.fftSize);
            analyser.getFloatTimeDomainData(wave);
            if (wave.some((sample) => sample !== 0)) {
                began = context.currentTime;
                prelude.stop();
                source.start();
            } else {
                await new Promise((resolve) => setTimeout(resolve, 20));
                if (context.currentTime < READY_WITHIN - 0.1) wait();
            }
            context.resume();
        };
        // Steps of 1920 samples, the filter's own rhythm, so that it does not matter when the network came.
    const wait = () => context.suspend((Math.round(context.currentTime * RATE) + 1921) / RATE).then(look);
        wait();
        const out = (await context.startRendering()).getChannelData(0);
        if (began === undefined) throw new Error('the network never came');
        const first = Math.round(began * RATE);
        // The filter is late by five blocks of 128.
        const LATE = 640;
        const level = (wave, from, spoken) => {
            let sum = 0, count = 0;
            // The network's memory takes its time.
            for (let i = RATE * 2; i < samples.length - LATE; i++) {
                // Not the edges of a syllable.
                const t = (i / RATE) % 0.25;
                if (t < 0.05 || t > 0.2 || speaks(i / RATE) !== spoken) continue;
                sum += wave[from + i] ** 2;
                count++;
            }
            return 10 * Math.log10(sum / count + 1e-12);
        };
        const change = (spoken) => level(out, first + LATE, spoken) - level(samples, 0, spoken);
        return { spoken: change(true), pauses: change(false) };
    };
";

/// By how many decibels the filter made a sound louder; below zero, quieter.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Change {
    /// While somebody speaks.
    pub spoken: f64,
    /// Between the syllables.
    pub pauses: f64,
}

impl Softphone {
    /// From now on the filter is watched. Loads the page again.
    pub async fn watches_the_filter(&self) -> Result<()> {
        self.browser.in_every_page(WATCH).await?;
        self.browser.reload().await
    }

    /// The far end hears the microphone through the one filter there is, and the browser does not filter too.
    pub async fn sends_filtered(&self) -> Result<()> {
        self.browser.until("a filter that is sent", "window.isFiltered()").await?;
        self.asks_the_browser_to_filter(false).await
    }

    /// The far end hears the microphone itself, which the browser filters or not.
    pub async fn sends_unfiltered(&self, by_the_browser: bool) -> Result<()> {
        self.browser.until("no filter", "window.isPlain()").await?;
        self.asks_the_browser_to_filter(by_the_browser).await
    }

    /// Whatever is done against noise, echoes are cancelled.
    async fn asks_the_browser_to_filter(&self, wanted: bool) -> Result<()> {
        let asked = self.browser.run("return window.asked.at(-1)").await?;
        ensure!(
            asked["noiseSuppression"] == wanted && asked["echoCancellation"] != false,
            "asked for {asked}"
        );
        Ok(())
    }

    /// Nothing of a filter is left.
    pub async fn has_no_filter(&self) -> Result<()> {
        self.browser.until("no filter", "!window.filters().length").await.map(|_| ())
    }

    /// What the filter that the server has makes of `noise`, of a `voice`, or of `both`, without any clock: the same, but for a
    /// decibel of what the network remembers, however busy the machine is.
    pub async fn filters(&self, sound: &str) -> Result<Change> {
        let change = self.browser.run(&format!("{SOUNDS}{MEASURE}return measure({sound:?})")).await?;
        Ok(serde_json::from_value(change)?)
    }
}
