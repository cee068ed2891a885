// The handset: a socket to the emulator, and a page that shows what it says.
import "./hand.js";
import { directory, display, element, handsetOf, typed } from "./directory.js";
import { Conversation, keyTone, onAudible, ring, stopRinging, unlock } from "./handset-audio.js";

const byId = (id) => document.getElementById(id);
const REASONS = {
  local_hang_up: "You hung up",
  remote_hang_up: "The other end hung up",
  busy: "Busy or declined",
  no_answer: "No answer",
  failed: "The call could not be made",
  canceled: "The caller gave up",
};
/** Between two attempts to reach the emulator, milliseconds. */
const RETRY = 1500;

let socket = null;
let conversation = null;
let answeredAt = null;
let state = "offline";

function enter(next, text, party) {
  state = next;
  byId("phone").dataset.state = next;
  byId("state").textContent = text;
  if (party !== undefined) byId("party").textContent = party;
  const shows = {
    dial: ["idle"],
    party: ["ringing", "calling", "talking"],
    timer: ["talking"],
    answer: ["ringing"],
    decline: ["ringing"],
    "hang-up": ["calling", "talking"],
    talk: ["talking"],
    return: ["replaced"],
  };
  for (const [id, states] of Object.entries(shows)) byId(id).hidden = !states.includes(next);
  document.title = next === "ringing" ? `☎ ${byId("party").textContent} calls` : `Handset ${byId("own").textContent}`;
}

function problem(text) {
  byId("problem").textContent = text ?? "";
  byId("problem").hidden = !text;
}

function say(message) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

/** Everything about the last call goes. */
function clearCall() {
  stopRinging();
  conversation?.close();
  conversation = null;
  answeredAt = null;
  byId("keys-sent").textContent = "–";
  byId("keys-heard").textContent = "–";
}

async function startAudio() {
  const mine = new Conversation(byId("speaker"), problem);
  conversation = mine;
  try {
    const sdp = await mine.offer();
    if (sdp && conversation === mine) say({ type: "offer", sdp });
  } catch (error) {
    problem(`There is no audio: ${error.message}`);
  }
}

function note(id, key) {
  const before = byId(id).textContent;
  byId(id).textContent = before === "–" ? key : `${before} ${key}`;
}

const hear = {
  ready({ number, label, lines }) {
    byId("own").textContent = display(number);
    byId("own").title = number;
    if (label) byId("about").textContent = `“${label}”: you are an external phone, the rest of the world as Twilio sees it.`;
    byId("lines").replaceChildren(...lines.map(lineButton));
    problem(null);
    enter("idle", "Ready. Calls to this number ring here.");
  },
  ringing({ from }) {
    problem(null);
    enter("ringing", "Incoming call", display(from));
    ring();
    byId("answer").focus();
  },
  calling({ to }) {
    problem(null);
    enter("calling", "Calling …", display(to));
    byId("hang-up").focus();
    startAudio();
  },
  answered() {
    stopRinging();
    answeredAt = performance.now();
    showTime();
    enter("talking", "In conversation");
    // The button that was pressed is gone.
    if (document.activeElement === document.body) byId("hang-up").focus();
  },
  ended({ reason }) {
    const length = answeredAt ? ` after ${time()}` : "";
    const hadFocus = byId("phone").contains(document.activeElement);
    clearCall();
    problem(null);
    enter("idle", `${REASONS[reason] ?? reason}${length}.`);
    if (hadFocus) byId("lines").querySelector("button")?.focus();
  },
  key({ key }) {
    note("keys-heard", key);
    keyTone(key);
  },
  audio({ sdp }) {
    conversation?.accept(sdp).catch((error) => problem(`There is no audio: ${error.message}`));
  },
  replaced() {
    clearCall();
    socket = null;
    enter("replaced", "Another page has this phone now.");
  },
  error({ message }) {
    problem(`${message[0].toUpperCase()}${message.slice(1)}.`);
  },
};

function connect(number) {
  const query = number ? `?number=${encodeURIComponent(number)}` : "";
  const mine = new WebSocket(`ws://${location.host}/handset/ws${query}`);
  socket = mine;
  mine.onmessage = ({ data }) => {
    if (socket !== mine) return;
    const message = JSON.parse(data);
    hear[message.type]?.(message);
  };
  mine.onclose = () => {
    if (socket !== mine) return;
    clearCall();
    problem(null);
    enter("offline", "The emulator cannot be reached. Trying again …");
    setTimeout(() => connect(number), RETRY);
  };
}

function lineButton(number) {
  const button = element("button", "number", `Call ${display(number)}`);
  button.type = "button";
  button.dataset.number = number;
  button.addEventListener("click", () => call(number));
  return button;
}

function call(to) {
  problem(null);
  say({ type: "call", to });
}

function press(key) {
  if (state !== "talking") return;
  say({ type: "press", keys: key });
  note("keys-sent", key);
  keyTone(key);
  const button = [...byId("keys").children].find((candidate) => candidate.textContent === key);
  button.classList.add("pressed");
  setTimeout(() => button.classList.remove("pressed"), 150);
}

function time() {
  const seconds = Math.floor((performance.now() - answeredAt) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function showTime() {
  if (answeredAt) byId("timer").textContent = time();
}

byId("keys").append(
  ...[..."123456789*0#"].map((key) => {
    const button = element("button", "", key);
    button.type = "button";
    button.addEventListener("click", () => press(key));
    return button;
  }),
);
byId("dial").addEventListener("submit", (event) => {
  event.preventDefault();
  const to = typed(byId("number").value);
  if (to) call(to);
  else problem("Type a number, or choose one of the lines above.");
});
byId("attestation").addEventListener("change", ({ target }) => {
  // The first choice is what a phone has until another one is made.
  target.options[0].disabled = true;
  say({ type: "attest", attestation: target.value });
});
byId("answer").addEventListener("click", () => {
  stopRinging();
  say({ type: "answer" });
  startAudio();
});
byId("decline").addEventListener("click", () => say({ type: "decline" }));
byId("hang-up").addEventListener("click", () => say({ type: "hang_up" }));
byId("return").addEventListener("click", () => location.reload());
document.addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey }) => {
  if (!ctrlKey && !metaKey && !altKey && "0123456789*#".includes(key)) press(key);
});
for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, unlock);
setInterval(() => {
  showTime();
  byId("level-mic").value = conversation?.level("mic") ?? 0;
  byId("level-speaker").value = conversation?.level("speaker") ?? 0;
}, 100);

function unplayable(number, lines, phones) {
  if (!number) return "No phone is configured for a person to play.";
  if (!/^\+[1-9]\d{1,14}$/.test(number)) return `“${number}” is no phone number in E.164 form.`;
  if (lines.includes(number)) return `${display(number)} is a number of the account, not an external phone.`;
  const robot = phones.find((phone) => phone.phone_number === number && !phone.handset);
  return robot && `The emulator plays ${display(number)} itself.`;
}

/** Without a number the page belongs to the first phone that a person can play, and its address says so. */
async function start() {
  onAudible((may) => (byId("ring-hint").hidden = may));
  // A plus sign that was not encoded arrives as a space.
  let number = new URLSearchParams(location.search).get("number")?.replace(/^ /, "+");
  try {
    const { lines, phones } = await directory();
    number ??= phones.find((phone) => phone.handset)?.phone_number;
    const why = unplayable(number, lines, phones);
    if (why) {
      problem(`${why} Choose another in the address: /handset?number=%2B819059876543`);
      return enter("unusable", "This phone cannot be played here.");
    }
    history.replaceState(null, "", handsetOf(number));
    byId("own").textContent = display(number);
  } catch {
    // The socket says the same, and tries again.
  }
  connect(number);
}

start();
