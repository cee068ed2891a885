// One entry of the timeline in words: which lane, which direction, what, and what can be unfolded.
import { display, element } from "./directory.js";

/** Lanes in the order of the check boxes; the last one is rarely wanted. */
export const LANES = {
  signaling: "signaling",
  webhook: "webhooks",
  twiml: "TwiML",
  call: "calls",
  media: "media",
  phone: "phones",
  fault: "faults",
  lacking: "not emulated",
  rest: "REST API",
  insight: "insights",
};

const IN = "→";
const OUT = "←";

const party = (text) => (/^\+\d+$/.test(text) ? display(text) : text || "nobody");
const who = ({ identity, socket }) => identity ?? `socket ${socket}`;
const value = (params, name) => params.find(([key]) => key === name)?.[1];

/** Each takes an entry and gives `{lane, arrow?, title, text?, unfold?, fault?}`. `unfold` is `[name, text]`. */
const WORDS = {
  socket_opened: ({ socket }) => ({ lane: "signaling", arrow: IN, title: "opened", text: `socket ${socket}` }),
  socket_closed: ({ socket }) => ({ lane: "signaling", arrow: IN, title: "closed", text: `socket ${socket}` }),
  registered: ({ identity, count }) => ({
    lane: "signaling",
    title: count ? "registered" : "unreachable",
    text: `${identity} in ${count} ${count === 1 ? "browser" : "browsers"}`,
  }),
  signal_in: (entry) => signal(entry, IN, "from"),
  signal_out: (entry) => signal(entry, OUT, "to"),
  webhook_request: ({ id, method, url, params, signature }) => ({
    lane: "webhook",
    arrow: OUT,
    title: `${method} ${path(url)}`,
    text: [value(params, "DialCallStatus") ?? value(params, "CallStatus"), `request ${id}`].filter(Boolean).join(", "),
    unfold: [
      `${params.length} parameters`,
      `${url}\n${params.map(([name, text]) => `${name}=${text}`).join("\n")}\n\nX-Twilio-Signature: ${signature}`,
    ],
  }),
  webhook_retry: ({ id, retry, why }) => ({ lane: "webhook", arrow: OUT, title: `retry ${retry}`, text: `request ${id}, after ${why}` }),
  webhook_disturbed: ({ id, what }) => ({ lane: "webhook", title: what, text: `request ${id}, as ordered` }),
  webhook_reply: ({ id, status, body, error, millis }) => ({
    lane: "webhook",
    arrow: IN,
    title: status ? `${status}` : "no answer",
    text: `${error ?? ""} to request ${id}, ${millis} ms`.trim(),
    unfold: body && ["body", indented(body)],
    open: body?.includes("<Response") && body.length > 0,
    fault: !status || status >= 400,
  }),
  verb: ({ verb, detail }) => ({ lane: "twiml", title: `<${verb}>`, text: detail }),
  call_created: ({ from, to, direction }) => ({
    lane: "call",
    title: direction === "inbound" ? "call" : "dialled",
    text: `${party(from)} to ${party(to)}`,
    begins: direction === "inbound",
  }),
  call_status: ({ status }) => ({ lane: "call", title: status }),
  bridged: ({ with: other }) => ({ lane: "call", title: "connected", text: `with ${short(other)}` }),
  media: ({ what }) => ({ lane: "media", title: "audio", text: what }),
  recording: ({ recording, status }) => ({ lane: "media", title: "recording", text: `${short(recording)} ${status}` }),
  key: ({ key, by }) => ({ lane: "media", arrow: IN, title: `key ${key}`, text: `by ${by}` }),
  phone: ({ number, action }) => ({ lane: "phone", title: display(number), text: action }),
  fault: ({ kind, code, message }) =>
    kind === "lacking"
      ? { lane: "lacking", title: "not emulated", text: message }
      : { lane: "fault", title: code ? `${code}` : "fault", text: message, fault: true },
  rest: ({ method, path, parameters, status }) => ({
    lane: "rest",
    arrow: IN,
    title: `${method} ${status}`,
    text: path.replace("/2010-04-01/", ""),
    unfold: parameters.length > 0 && ["parameters", parameters.map(([name, text]) => `${name}=${text}`).join("\n")],
    fault: status >= 400,
  }),
  insight: ({ group, name }) => ({ lane: "insight", arrow: IN, title: group, text: name }),
};

function signal({ message, payload, ...entry }, arrow, preposition) {
  const empty = !payload || Object.keys(payload).length === 0;
  const error = payload?.error;
  return {
    lane: "signaling",
    arrow,
    title: message,
    text: `${preposition} ${who(entry)}${error ? `: ${error.code} ${error.message ?? ""}` : ""}`,
    unfold: !empty && ["payload", JSON.stringify(payload, null, 2).replaceAll("\\r\\n", "\n      ")],
    fault: Boolean(error),
  };
}

function path(url) {
  try {
    return new URL(url).pathname;
  } catch {
    return url;
  }
}

/** A new line for each TwiML element, deeper ones further right. */
function indented(body) {
  let depth = 0;
  const lines = body.trim().replace(/>\s*</g, ">\n<").split("\n");
  return lines
    .map((line) => {
      if (line.startsWith("</")) depth = Math.max(0, depth - 1);
      const shown = "  ".repeat(depth) + line;
      if (/^<[^/?!]/.test(line) && !line.includes("</") && !line.endsWith("/>")) depth += 1;
      return shown;
    })
    .join("\n");
}

/** Enough of a CallSid to tell it from others. */
export const short = (sid) => `${sid.slice(0, 2)}…${sid.slice(-4)}`;

/** How a call is named in the choice of calls. */
export const callName = (entry) => `${party(entry.from)} to ${party(entry.to)}`;

/** The row of an entry. `offset` is in milliseconds; `choose` is called with the CallSid that was clicked. */
export function row(entry, offset, choose) {
  const words = WORDS[entry.event]?.(entry) ?? { lane: "insight", title: entry.event };
  const item = element("li", "entry");
  item.dataset.lane = words.lane;
  item.classList.toggle("fault", Boolean(words.fault));
  item.classList.toggle("begins", Boolean(words.begins));
  const time = element("time", "", `${(offset / 1000).toFixed(3)} s`);
  time.dateTime = entry.at;
  time.title = new Date(entry.at).toLocaleString();
  const arrow = element("span", "arrow", words.arrow ?? "");
  if (words.arrow) {
    arrow.title = words.arrow === IN ? "to the emulator" : "from the emulator";
    arrow.setAttribute("aria-label", arrow.title);
    arrow.setAttribute("role", "img");
  }
  const what = element("div", "what");
  what.append(element("b", "", words.title), ` ${words.text ?? ""}`);
  if (words.unfold) what.append(unfolding(words));
  item.append(time, element("span", "lane", LANES[words.lane]), arrow, what);
  if (entry.call_sid) item.append(sidButton(entry, choose));
  return item;
}

function unfolding({ unfold: [name, text], open }) {
  const details = element("details");
  details.open = Boolean(open);
  details.append(element("summary", "", name), element("pre", "", text));
  return details;
}

function sidButton({ call_sid: sid, parent_call_sid: parent }, choose) {
  const button = element("button", "sid", short(sid));
  button.type = "button";
  button.title = `${sid}${parent ? `, dialled from ${parent}` : ""}: show this call only`;
  button.addEventListener("click", () => choose(sid));
  return button;
}
