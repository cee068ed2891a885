// The overview: numbers, phones, and where to go.
import { directory, display, element, handsetOf } from "./directory.js";

const byId = (id) => document.getElementById(id);

function named(number) {
  const name = element("span", "number", display(number));
  if (display(number) !== number) name.title = number;
  return name;
}

function lineRow(number) {
  const row = element("li");
  row.append(named(number), element("span", "soft small mono", number));
  return row;
}

function phoneRow(phone) {
  const row = element("li");
  const what = element("span", "what");
  const first = element("div", "", "");
  first.append(named(phone.phone_number), " ", element("span", "tag", phone.label || phone.behaviour));
  if (phone.held) first.append(" ", element("span", "tag on", "handset connected"));
  what.append(first, element("div", "soft small", phone.does));
  row.append(what);
  if (phone.handset) {
    const link = element("a", "button", "Open handset");
    link.href = handsetOf(phone.phone_number);
    row.append(link);
  }
  return row;
}

function fill(list, rows, nothing) {
  list.replaceChildren(...(rows.length ? rows : [element("li", "soft", nothing)]));
}

async function show() {
  try {
    const { account_sid, application_sid, lines, phones } = await directory();
    byId("account").textContent = account_sid;
    byId("application").textContent = application_sid;
    fill(byId("line-list"), lines.map(lineRow), "None is configured.");
    fill(byId("phone-list"), phones.map(phoneRow), "None is configured.");
    byId("problem").hidden = true;
  } catch (error) {
    byId("problem").textContent = `The emulator cannot be reached: ${error.message}.`;
    byId("problem").hidden = false;
  }
}

show();
document.addEventListener("visibilitychange", () => document.hidden || show());
