// A hand takes its time: what it comes down on was decided before. So a press, a click or a key does nothing to a control that
// has come, moved or changed its words only now; the second click of two means what the first meant; and a key that is held
// acts once. Asked before anything else in the page hears of an event.

/** How long a control is there before it can have been meant, milliseconds. A double click takes up to 500. */
const HAND = 600;
/** Two presses within this distance are at one spot, pixels. */
const SPOT = 10;
const CONTROLS = "a[href], button, label, select";
/** Whoever presses one of these twice means two. */
const REPEATABLE = "#keys button";

/** Each control that is to be seen: its words and place, and since when they are so. */
const seen = new Map();
let waiting = false;
let pressed = null;
let refusedKey = null;

function look() {
  waiting = false;
  for (const control of document.querySelectorAll(CONTROLS)) {
    const { left, top, width, height } = control.getBoundingClientRect();
    const place = [left + scrollX, top + scrollY, width, height].map(Math.round);
    const what = width && height ? `${place} ${control.textContent}` : null;
    if (seen.get(control)?.what !== what) seen.set(control, { what, since: performance.now() });
  }
}

function wasThere(control, now) {
  if (waiting) look();
  const sight = seen.get(control);
  return !sight || now - sight.since >= HAND;
}

/** Whether the event can have been meant. */
const meant = {
  pointerdown(event, control) {
    const { clientX: x, clientY: y, timeStamp: at } = event;
    const again = pressed?.counts && at - pressed.at < HAND && Math.hypot(x - pressed.x, y - pressed.y) <= SPOT;
    const counts = !control || (wasThere(control, at) && (!again || control.matches(REPEATABLE)));
    pressed = { control, counts, x, y, at };
    return counts;
  },
  click(event, control) {
    // One of a key, or of a program such as a screen reader.
    if (!control || !event.detail) return true;
    return pressed?.control === control && pressed.counts;
  },
  keydown(event, control) {
    if (event.key !== "Enter" && event.key !== " ") return true;
    if (event.key === " " && !control) return true;
    // Space acts as it comes up: what it began with decides.
    if (event.repeat) return false;
    const counts = !control || wasThere(control, event.timeStamp);
    refusedKey = counts ? null : event.key;
    return counts;
  },
  keyup: (event) => event.key !== refusedKey,
};

for (const [kind, counts] of Object.entries(meant)) {
  const ask = (event) => {
    if (!event.isTrusted || counts(event, event.target.closest?.(CONTROLS))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener(kind, ask, true);
}

/** What has changed is looked at when the browser draws it; a page that is not shown is not drawn. */
new MutationObserver(() => {
  if (document.hidden) return look();
  if (!waiting) requestAnimationFrame(look);
  waiting = true;
}).observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
look();
