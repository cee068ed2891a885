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

// Any answer but a proxy's "the server is away" will do: what it says, the phone itself can tell better.
async function retry() {
  try {
    const answer = await fetch("./", { method: "HEAD", cache: "no-store" });
    if (answer.status !== 502 && answer.status !== 504) location.reload();
  } catch {
    // Still away.
  }
}

spoken.querySelector("button").addEventListener("click", retry);
addEventListener("online", retry);
setInterval(retry, RETRY_MS);
