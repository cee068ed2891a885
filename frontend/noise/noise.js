// The strong noise filter: RNNoise, a neural network that lets voices through and nothing else, by
// `@sapphi-red/web-noise-suppressor` (MIT). Loaded when it is chosen (src/state/noise.rs).
"use strict";

(() => {
  const PROCESSOR = "@sapphi-red/web-noise-suppressor/rnnoise";
  // What the network was trained with.
  const RATE = 48000;
  // A context that may run does so at once; a page that nobody has touched may not run one at all. And a server that does not
  // answer must not keep a caller mute.
  const READY_WITHIN_MS = 3000;

  let fetched;
  // The same bytes for every call, once they have come.
  const network = () =>
    (fetched ??= fetchNetwork().catch((error) => {
      fetched = undefined;
      throw error;
    }));

  async function fetchNetwork() {
    const answer = await fetch("noise-rnnoise.wasm");
    if (!answer.ok) throw new Error(`${answer.status}`);
    const bytes = await answer.arrayBuffer();
    // Where it does not compile, the worklet would tell nobody and be silent.
    await WebAssembly.compile(bytes);
    return bytes;
  }

  /** The filter as a node of any context of 48 kHz. */
  async function nodeIn(context) {
    const [wasmBinary] = await Promise.all([network(), context.audioWorklet.addModule("noise-worklet.js")]);
    return new AudioWorkletNode(context, PROCESSOR, {
      processorOptions: { maxChannels: 1, wasmBinary },
      channelCount: 1,
      channelCountMode: "explicit",
      outputChannelCount: [1],
    });
  }

  const late = () => new Promise((_, reject) => setTimeout(reject, READY_WITHIN_MS, new Error("late")));

  async function chainOf(raw, broken) {
    // Rendered in blocks of some 20 ms: in the shortest ones, a busy machine leaves gaps, which are noise to the network.
    const context = new AudioContext({ sampleRate: RATE, latencyHint: "balanced" });
    try {
      const ready = Promise.all([nodeIn(context), context.resume()]);
      const [filter] = await Promise.race([ready, late()]);
      filter.addEventListener("processorerror", broken);
      const source = context.createMediaStreamSource(raw);
      const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
      source.connect(filter).connect(destination);
      return { raw, source, context, clean: destination.stream };
    } catch (error) {
      context.close();
      throw error;
    }
  }

  const stop = (stream) => stream.getTracks().forEach((track) => track.stop());
  const isOf = (chain, sent) => chain.clean.getTracks().some((track) => sent.getTracks().includes(track));

  /**
   * An `AudioProcessor` of the SDK. `wanted` tells whether to filter just now. `without` is told that the filter cannot be had,
   * and whether it is in a call already; where it is not, it gives, in time, a microphone that the browser filters.
   */
  function create(wanted, without) {
    const chains = new Set();
    let pending = 0;
    // Ahead of its use, while the present microphone goes on. What fails is tried again by the call.
    network().catch(() => {});
    const end = (chain) => {
      chains.delete(chain);
      chain.context.close();
    };
    return {
      async createProcessedStream(raw) {
        if (!wanted() || !raw.active) return raw;
        pending += 1;
        try {
          const chain = await chainOf(raw, () => without(true));
          chains.add(chain);
          if (raw.active) return chain.clean;
          // Hung up meanwhile.
          end(chain);
          return raw;
        } catch {
          return await plain(raw);
        } finally {
          pending -= 1;
        }
      },
      destroyProcessedStream(sent) {
        for (const chain of chains) if (isOf(chain, sent)) end(chain);
      },
      /** Ends what is not sent; gives the microphone that is. */
      keepOnly(sent) {
        for (const chain of chains) if (!isOf(chain, sent)) end(chain);
        return [...chains][0]?.raw ?? sent;
      },
      /** A microphone is about to get its filter, and will be sent. */
      isBusy() {
        return pending > 0;
      },
      end() {
        chains.forEach(end);
      },
    };

    async function plain(raw) {
      try {
        const other = await without(false);
        stop(raw);
        return other;
      } catch {
        // Better noisy than mute.
        return raw;
      }
    }
  }

  window.noiseFilter = { create, nodeIn };
})();
