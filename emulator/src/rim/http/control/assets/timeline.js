// The timeline page: asks for what is new, and shows what was chosen.
import { element } from "./directory.js";
import { LANES, callName, row } from "./timeline-entry.js";

const byId = (id) => document.getElementById(id);
/** Between two questions, milliseconds. */
const EVERY = 500;
/** Rows on the page; older ones go. */
const MOST = 5000;

let entries = [];
let newest = 0;
/** Entries up to here were cleared away. */
let cleared = 0;
let reached = true;
/** CallSid of a dialled leg: the leg it was dialled from. */
const parents = new Map();
const hidden = new Set(["insight"]);
let chosen = new URLSearchParams(location.search).get("call") ?? "";

const root = (sid) => parents.get(sid) ?? sid;
const shown = (entry) => entry.seq > cleared && (!chosen || (entry.call_sid && root(entry.call_sid) === root(chosen)));

function add(fresh) {
  for (const entry of fresh) {
    newest = entry.seq;
    if (entry.call_sid && entry.parent_call_sid) parents.set(entry.call_sid, entry.parent_call_sid);
    if (entry.event === "call_created" && !entry.parent_call_sid) addCall(entry);
  }
  entries.push(...fresh);
  if (entries.length > MOST) {
    entries = entries.slice(-MOST);
    return draw();
  }
  append(fresh);
}

function addCall(entry) {
  const option = element("option", "", `${new Date(entry.at).toLocaleTimeString()}  ${callName(entry)}`);
  option.value = entry.call_sid;
  byId("call").options[0].after(option);
  option.selected = entry.call_sid === root(chosen);
}

function append(fresh) {
  const wanted = fresh.filter(shown);
  if (!wanted.length) return;
  const list = byId("entries");
  list.dataset.begin ||= wanted[0].at;
  const begin = Date.parse(list.dataset.begin);
  for (const entry of wanted) {
    const item = row(entry, Date.parse(entry.at) - begin, choose);
    item.hidden = hidden.has(item.dataset.lane);
    list.append(item);
  }
  byId("nothing").hidden = true;
  if (byId("follow").checked) window.scrollTo(0, document.documentElement.scrollHeight);
}

function draw() {
  const list = byId("entries");
  list.replaceChildren();
  delete list.dataset.begin;
  byId("nothing").hidden = false;
  append(entries);
}

function choose(sid) {
  chosen = sid ? root(sid) : "";
  byId("call").value = chosen;
  history.replaceState(null, "", chosen ? `/timeline?call=${chosen}` : "/timeline");
  draw();
}

async function ask() {
  try {
    const response = await fetch(`/timeline.json?after=${newest}`);
    if (!response.ok) throw new Error(`${response.status}`);
    if (!reached) return restart();
    add(await response.json());
    byId("state").textContent = `live, ${newest} entries`;
  } catch {
    reached = false;
    byId("state").textContent = "The emulator cannot be reached. Trying again …";
  }
  setTimeout(ask, EVERY);
}

/** It may be another emulator that answers now, and count from 1 again. */
function restart() {
  [entries, newest, cleared, reached] = [[], 0, 0, true];
  parents.clear();
  byId("call").length = 1;
  draw();
  return ask();
}

for (const [lane, name] of Object.entries(LANES)) {
  const label = element("label");
  const box = element("input");
  box.type = "checkbox";
  box.checked = !hidden.has(lane);
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(lane);
    else hidden.add(lane);
    for (const item of byId("entries").children) item.hidden = hidden.has(item.dataset.lane);
  });
  label.append(box, name);
  byId("lanes").append(label);
}
byId("call").addEventListener("change", ({ target }) => choose(target.value));
byId("clear").addEventListener("click", () => {
  cleared = newest;
  draw();
});
// Who scrolls up wants to read, not to follow.
window.addEventListener("wheel", ({ deltaY }) => {
  if (deltaY < 0) byId("follow").checked = false;
}, { passive: true });
ask();
