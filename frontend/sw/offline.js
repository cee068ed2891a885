// The page that is shown without a server: speaks the language of the phone, and goes back to the phone as soon as it can.
"use strict";

const RETRY_MS = 5000;

function chosen() {
  try {
    return localStorage.getItem("sidetone.language");
  } catch {
    return null;
  }
}

const sections = [...document.querySelectorAll("section[lang]")];
const primary = (tag) => tag?.split("-")[0].toLowerCase();
const wanted = [chosen(), ...navigator.languages].map(primary);
const spoken = wanted.map((tag) => sections.find((section) => section.lang === tag)).find(Boolean) ?? sections[0];
document.documentElement.lang = spoken.lang;
for (const section of sections) section.hidden = section !== spoken;

// Any answer of ours will do, as sw.js knows it: what it says, the phone itself can tell better.
async function retry() {
  try {
    const answer = await fetch("./", { cache: "no-store" });
    if (answer.headers.has("sidetone") || (await answer.text()).includes('name="sidetone-build"')) location.reload();
  } catch {
    // Still away.
  }
}

// Whoever asks for it sees what the browser finds, such as a page where one signs in first.
spoken.querySelector("button").addEventListener("click", () => location.reload());
addEventListener("online", retry);
setInterval(retry, RETRY_MS);
