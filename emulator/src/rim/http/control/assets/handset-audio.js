// Everything audible: the bell, key tones, microphone and speaker.

const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];
const KEYS = ["123A", "456B", "789C", "*0#D"];

let context = null;
let bell = null;

/** The page may make sound once somebody has touched it. */
export async function unlock() {
  context ??= new AudioContext();
  if (context.state !== "running") await Promise.race([context.resume(), pause(200)]);
}

/** Tells whether sounds can be heard, now and whenever that changes: a browser may take its time. */
export function onAudible(tell) {
  context ??= new AudioContext();
  const look = () => tell(context.state === "running");
  context.addEventListener("statechange", look);
  look();
}

const pause = (millis) => new Promise((done) => setTimeout(done, millis));

function beep(frequencies, seconds, loudness, at = context.currentTime) {
  const gain = context.createGain();
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(loudness, at + 0.01);
  gain.gain.setValueAtTime(loudness, at + seconds - 0.01);
  gain.gain.linearRampToValueAtTime(0, at + seconds);
  gain.connect(context.destination);
  for (const frequency of frequencies) {
    const tone = context.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(gain);
    tone.start(at);
    tone.stop(at + seconds);
  }
}

/** Rings until `stopRinging`: one second of bell, two of silence. */
export function ring() {
  stopRinging();
  const once = () => {
    if (context?.state !== "running") return;
    for (let n = 0; n < 8; n += 1) beep([n % 2 ? 960 : 800], 0.06, 0.25, context.currentTime + n * 0.125);
  };
  unlock().then(() => {
    if (bell !== null) once();
  });
  bell = setInterval(once, 3000);
}

export function stopRinging() {
  clearInterval(bell);
  bell = null;
}

/** The tone of a key, for this page's ears only. */
export function keyTone(key) {
  if (context?.state !== "running") return;
  const row = KEYS.findIndex((keys) => keys.includes(key));
  if (row >= 0) beep([ROWS[row], COLUMNS[KEYS[row].indexOf(key)]], 0.12, 0.08);
}

/** Microphone and speaker of one call. */
export class Conversation {
  #connection = new RTCPeerConnection();
  #speaker;
  #stream = null;
  #meters = {};
  #closed = false;

  /** `onProblem` is told what a person should know; the call goes on. */
  constructor(speaker, onProblem) {
    this.#speaker = speaker;
    this.onProblem = onProblem;
    this.#connection.ontrack = ({ track }) => {
      const heard = new MediaStream([track]);
      speaker.srcObject = heard;
      speaker.play().catch(() => onProblem("The browser lets this page speak once you click on it."));
      this.#meters.speaker = meter(heard);
    };
    this.#connection.onconnectionstatechange = () => {
      if (this.#connection.connectionState === "failed") onProblem("The audio connection is lost.");
    };
  }

  /** An offer with everything in it; resolves to nothing when the call ended meanwhile. */
  async offer() {
    await unlock();
    this.#stream = await microphone(this.onProblem);
    if (this.#closed) return this.close();
    this.#meters.mic = meter(this.#stream);
    for (const track of this.#stream.getTracks()) this.#connection.addTrack(track, this.#stream);
    await this.#connection.setLocalDescription();
    return this.#closed ? undefined : this.#connection.localDescription.sdp;
  }

  async accept(sdp) {
    if (!this.#closed) await this.#connection.setRemoteDescription({ type: "answer", sdp });
  }

  /** Loudness now, 0 to 1. */
  level(which) {
    return this.#meters[which]?.() ?? 0;
  }

  close() {
    this.#closed = true;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#connection.close();
    this.#speaker.srcObject = null;
  }
}

async function microphone(onProblem) {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (error) {
    onProblem(`There is no microphone (${error.message}); you can listen only.`);
    // The connection needs a mouth, if only a silent one.
    return context.createMediaStreamDestination().stream;
  }
}

function meter(stream) {
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return () => {
    analyser.getFloatTimeDomainData(samples);
    return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  };
}
