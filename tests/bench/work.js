// How long the main thread works until a person sees what they did, or what happened: events to layout, without the wait for
// the next frame, which the browser decides about. Goes into our page and into the quickstart's alike, before their scripts.
(() => {
  // The next task, after everything that the present one has caused at once, and every promise in it.
  const next = (then) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(0);
  };
  const field = () => document.querySelector('#dial-input');
  const rings = () => document.querySelector('#answer-button')?.checkVisibility() ?? false;
  const until = (name, start, shown) =>
    next(() => {
      if (!shown()) return until(name, start, shown);
      // What has changed is laid out here and now.
      void document.body.offsetHeight;
      performance.measure(name, { start, end: performance.now() });
    });

  addEventListener('keydown', ({ key }) => {
    const before = field()?.value;
    if (before !== undefined && /^\d$/.test(key)) until('work: digit', performance.now(), () => field()?.value !== before);
  }, true);
  let clicked;
  addEventListener('click', (event) => {
    if (event.target.closest?.('#call-button')) clicked = performance.now();
  }, true);
  addEventListener('DOMContentLoaded', () => {
    const device = Twilio.Device.prototype;
    const { connect, emit } = device;
    device.connect = function (...args) {
      if (clicked) performance.measure('work: call', { start: clicked, end: performance.now() });
      clicked = undefined;
      return connect.apply(this, args);
    };
    device.emit = function (event, ...args) {
      if (event === 'incoming') until('work: ring', performance.now(), rings);
      return emit.call(this, event, ...args);
    };
  });
})();
