// Who is there, and how numbers are written.

/** Numbers of the account and external phones, as the emulator tells them. */
export async function directory() {
  const response = await fetch("/directory.json");
  if (!response.ok) throw new Error(`the emulator answered ${response.status}`);
  return response.json();
}

/** A number for people: Japanese numbers in their national form, American ones as usual, others as they are. */
export function display(number) {
  const japanese = /^\+81([5789]0)(\d{4})(\d{4})$/.exec(number);
  if (japanese) return `0${japanese[1]}-${japanese[2]}-${japanese[3]}`;
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  if (american) return `+1 ${american[1]}-${american[2]}-${american[3]}`;
  return number || "unknown";
}

/** What a person typed as E.164; a leading 0 is Japanese. */
export function typed(text) {
  const bare = text.normalize("NFKC").replace(/[\s().\-‐–ー]/g, "");
  return bare.startsWith("0") ? `+81${bare.slice(1)}` : bare;
}

/** An element with a class and a text. */
export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The address of a phone's handset page. */
export const handsetOf = (number) => `/handset?number=${encodeURIComponent(number)}`;
