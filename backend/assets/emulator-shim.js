// Leads Twilio's SDK, byte for byte as npm has it, to an emulator that speaks plain ws and http.
// Load it before the SDK, which keeps the WebSocket constructor it finds when it is evaluated.
(() => {
  "use strict";
  const host = "EMULATOR_HOST";
  const NativeWebSocket = window.WebSocket;
  const nativeFetch = window.fetch.bind(window);
  window.emulatorShim = { host };

  window.WebSocket = class WebSocket extends NativeWebSocket {
    constructor(url, protocols) {
      let target = new URL(url, document.baseURI);
      if (target.protocol === "wss:" && target.host === host) target.protocol = "ws:";
      // Every edge is the emulator, which is told which one was meant.
      if (/^voice-js\.[a-z0-9-]+\.twilio\.com$/.test(target.hostname)) {
        target = new URL(`ws://${host}${target.pathname}?host=${target.hostname}`);
      }
      super(target, protocols ?? []);
    }
  };

  window.fetch = (input, init) => {
    if (typeof input === "string" || input instanceof URL) {
      const target = new URL(input, document.baseURI);
      if (/^eventgw(\.[a-z0-9-]+)*\.twilio\.com$/.test(target.hostname)) {
        return nativeFetch(`http://${host}${target.pathname}${target.search}`, init);
      }
    }
    return nativeFetch(input, init);
  };
})();
