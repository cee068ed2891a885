//! Microphones and speakers of a browser, and what a person does with them.
//!
//! Chromium's fake devices cannot be unplugged, nor can the DevTools protocol do it. So the page's own `mediaDevices` is made
//! to forget a device: from the list on, everything is as it is when one is pulled out. Everything else is Chromium's own.

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::softphone::Softphone;

/// Chromium's fake devices.
pub const MICROPHONE: &str = "Fake Audio Input 1";
pub const OTHER_MICROPHONE: &str = "Fake Audio Input 2";
pub const DEFAULT_MICROPHONE: &str = "Fake Default Audio Input";
pub const SPEAKER: &str = "Fake Audio Output 1";

/// Runs in the page before its own scripts.
const PLUGS: &str = r"(() => {
    const devices = navigator.mediaDevices;
    const list = devices.enumerateDevices.bind(devices);
    const open = devices.getUserMedia.bind(devices);
    const unplugged = new Set();
    const tracks = [];
    // A waterfall.
    const noise = () => {
        const context = new AudioContext({ sampleRate: 48000 });
        const buffer = context.createBuffer(1, 96000, 48000);
        buffer.getChannelData(0).forEach((_, i, samples) => { samples[i] = (Math.random() - 0.5) * 0.4; });
        const source = new AudioBufferSourceNode(context, { buffer, loop: true });
        const destination = context.createMediaStreamDestination();
        source.connect(destination);
        source.start();
        tracks.push(...destination.stream.getAudioTracks());
        return destination.stream;
    };
    devices.enumerateDevices = async () => (await list()).filter((device) => !unplugged.has(device.label));
    devices.getUserMedia = async (constraints) => {
        const inputs = (await devices.enumerateDevices()).filter((device) => device.kind === 'audioinput');
        const wanted = constraints.audio?.deviceId?.exact;
        if (!inputs.length) throw new DOMException('none', 'NotFoundError');
        if (window.microphoneError) throw new DOMException('as the test wants it', window.microphoneError);
        if (window.microphoneQuestion) await window.microphoneQuestion;
        if (wanted && !inputs.some((device) => device.deviceId === wanted)) {
            throw new DOMException('gone', 'OverconstrainedError');
        }
        const stream = await open(constraints);
        tracks.push(...stream.getAudioTracks());
        if (!window.microphoneNoise) return stream;
        stream.getTracks().forEach((track) => track.stop());
        return noise();
    };
    // A question of the browser that nobody answers, until somebody does; with the name of an error, it is a no.
    window.ask = () => {
        window.microphoneQuestion = new Promise((resolve, reject) => {
            window.answer = (error) => {
                window.microphoneQuestion = undefined;
                if (error) reject(new DOMException('as the test wants it', error)); else resolve();
            };
        });
    };
    window.plug = (label, there) => {
        if (there) unplugged.delete(label); else unplugged.add(label);
        tracks.filter((track) => track.label === label && !there).forEach((track) => track.stop());
        devices.dispatchEvent(new Event('devicechange'));
    };
    window.microphones = () => tracks.filter((track) => track.readyState === 'live').map((track) => track.label);
    window.sinks = [];
    const setSinkId = HTMLMediaElement.prototype.setSinkId;
    HTMLMediaElement.prototype.setSinkId = async function (id) {
        const device = (await list()).find((device) => device.kind === 'audiooutput' && device.deviceId === id);
        await setSinkId.call(this, id);
        window.sinks.push(device?.label ?? id);
    };
    window.played = [];
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
        window.played.push({ src: this.src, sink: this.sinkId });
        return play.call(this);
    };
})();";

/// As Firefox has it: until the page has opened a microphone there is one without name and id, and no output; and `default`
/// is no device of its own.
const HIDDEN: &str = r"(() => {
    const devices = navigator.mediaDevices;
    const list = devices.enumerateDevices.bind(devices);
    const open = devices.getUserMedia.bind(devices);
    let opened = false;
    devices.getUserMedia = async (constraints) => {
        const stream = await open(constraints);
        opened = true;
        return stream;
    };
    devices.enumerateDevices = async () => {
        const real = (await list()).filter((device) => !['default', 'communications'].includes(device.deviceId));
        if (opened) return real;
        return [{ kind: 'audioinput', deviceId: '', groupId: '', label: '' }];
    };
})();";

impl Softphone {
    /// From now on the browser hides its devices until the page has opened a microphone. Before [`Self::can_unplug`].
    pub async fn hides_devices(&self) -> Result<()> {
        self.browser.in_every_page(HIDDEN).await
    }

    /// From now on devices can be unplugged. Loads the page again.
    pub async fn can_unplug(&self) -> Result<()> {
        self.browser.in_every_page(PLUGS).await?;
        self.browser.reload().await
    }

    pub async fn unplugs(&self, device: &str) -> Result<()> {
        self.browser.run(&format!("window.plug({device:?}, false)")).await.map(|_| ())
    }

    pub async fn plugs_in(&self, device: &str) -> Result<()> {
        self.browser.run(&format!("window.plug({device:?}, true)")).await.map(|_| ())
    }

    /// Chooses from a list in the settings, by the words of the option.
    pub async fn chooses(&self, list: &str, words: &str) -> Result<()> {
        let option = format!(
            "[...document.querySelectorAll('{list} option')].find((option) => option.text === {words:?})"
        );
        self.browser.until(&format!("{words} in {list}"), &format!("!!{option}")).await?;
        self.browser.see(list).await?.select_by_label(words).await?;
        self.sees_choice(list, words).await
    }

    pub async fn sees_choice(&self, list: &str, words: &str) -> Result<()> {
        let chosen = format!("document.querySelector('{list}')?.selectedOptions[0]?.text === {words:?}");
        self.browser.until(&format!("{words} chosen in {list}"), &chosen).await.map(|_| ())
    }

    /// The page has exactly these microphones open.
    pub async fn uses_microphones(&self, labels: &[&str]) -> Result<()> {
        let open = format!("JSON.stringify(window.microphones()) === JSON.stringify({labels:?})");
        match self.browser.until(&format!("the microphones {labels:?}"), &open).await {
            Ok(_) => Ok(()),
            Err(error) => {
                let open = self.browser.run("return window.microphones()").await.unwrap_or_default();
                Err(error.context(format!("open are {open}")))
            }
        }
    }

    /// The page has sent sound to this device last.
    pub async fn sounds_from(&self, label: &str) -> Result<()> {
        let last = format!("window.sinks.at(-1) === {label:?}");
        match self.browser.until(&format!("sound from {label}"), &last).await {
            Ok(_) => Ok(()),
            Err(error) => {
                let sinks = self.browser.run("return window.sinks").await.unwrap_or_default();
                Err(error.context(format!("it went to {sinks}")))
            }
        }
    }

    /// What is said of the devices in this call.
    pub async fn sees_sound_notice(&self, words: &str) -> Result<()> {
        let said = format!("document.querySelector('#sound-notice')?.innerText.includes({words:?})");
        self.browser.until(&format!("the words {words:?}"), &said).await.map(|_| ())
    }

    /// What is in the way of a call: `denied`, `missing`, `taken`, `silent`; gives the words.
    pub async fn sees_sound_trouble(&self, trouble: &str) -> Result<String> {
        self.sees(&format!("#sound-trouble[data-trouble={trouble:?}]")).await?;
        self.browser.text("#sound-trouble").await
    }

    pub async fn sees_no_sound_trouble(&self) -> Result<()> {
        let none = "document.querySelector('#sound-trouble')?.dataset.trouble === undefined";
        self.browser.until("no trouble with sound", none).await.map(|_| ())
    }

    /// What the page played, the latest last: addresses.
    pub async fn played(&self) -> Result<Vec<String>> {
        let played = self.browser.run("return window.played.map(({ src }) => src)").await?;
        ensure!(played != Value::Null, "the page's sounds are not watched");
        Ok(serde_json::from_value(played)?)
    }
}
