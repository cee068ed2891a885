// The service worker. A phone that is opened without its server gets a page that says so; a page finds the parts of its own
// version after a newer one has been put on the server; a notification of a call can be answered. It answers for nothing else:
// tokens, the API, calls and sounds never pass through here, and nothing is kept but the files of a version.
"use strict";

// Written by scripts/app.mjs: the version, and its files that carry a hash of their content in their names.
const BUILD = "";
const FILES = [];

const HASHED = /[-.][0-9a-f]{12,}[-._]/;
const OFFLINE = ["offline.html", "offline.js"];
// `paths::OWN_HEADER` of shared/src/api/paths.rs, and what stands in every page of ours, wherever it is served from.
const OWN_HEADER = "sidetone";
const OWN_PAGE = 'name="sidetone-build"';
const NOT_THE_PAGE = /^(?:api|twilio|sounds)(?:\/|$)|^healthz$/;

const scope = new URL(self.registration.scope);
const own = `sidetone ${scope.pathname} `;
const cacheName = own + BUILD;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { url, method, mode } = event.request;
  if (method !== "GET" || !url.startsWith(scope.href)) return;
  const path = new URL(url).pathname.slice(scope.pathname.length);
  if (mode === "navigate") {
    if (!NOT_THE_PAGE.test(path)) event.respondWith(page(event));
  } else if (HASHED.test(path) || OFFLINE.includes(path)) {
    event.respondWith(part(event.request));
  }
});
self.addEventListener("message", ({ data, source }) => {
  if (data === "which build") source?.postMessage({ build: BUILD });
  if (data === "take over") self.skipWaiting();
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clicked(event.action || "show", event.notification.data));
});

// All or nothing: with a file missing, the version before stays.
async function install() {
  const cache = await caches.open(cacheName);
  const offline = OFFLINE.map((path) => new Request(path, { cache: "reload" }));
  await cache.addAll([...offline, ...FILES]);
  // It waits now until a page that is as new says "take over": see src/state/outside/version.rs.
  for (const client of await windows()) client.postMessage({ build: BUILD });
}

async function activate() {
  // Tabs of the versions before may still be open, and have parts to load.
  const older = (await caches.keys()).filter((name) => name.startsWith(own) && name !== cacheName);
  await Promise.all(older.slice(0, -2).map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function page(event) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    if (await isForThisWindow(answer)) return answer;
    // Somebody in between speaks for a server that is away.
  } catch {
    // No network, or no server.
  }
  const kept = await (await caches.open(cacheName)).match(new URL(OFFLINE[0], scope));
  if (!kept) return Response.error();
  // With its Content-Security-Policy; at whatever address it is shown, its parts are here.
  const text = (await kept.text()).replace('<base href="/"', `<base href="${scope.pathname}"`);
  const headers = new Headers(kept.headers);
  for (const name of ["content-encoding", "content-length", "etag"]) headers.delete(name);
  return new Response(text, { status: 503, headers });
}

// Ours, or what only the user can see to: the way to a page where one signs in first, or a proxy's own question for a password.
async function isForThisWindow(answer) {
  if (answer.headers.has(OWN_HEADER) || answer.type === "opaqueredirect") return true;
  if (answer.status === 401 && answer.headers.has("www-authenticate")) return true;
  return answer.ok && (await answer.clone().text()).includes(OWN_PAGE);
}

// A page of an older version finds its own in the caches of the workers before.
async function part(request) {
  const own = await (await caches.open(cacheName)).match(request, { ignoreVary: true });
  return own ?? (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function windows() {
  const all = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter((client) => client.url.startsWith(scope.href));
}

// Every page hears of it, and only the one that has the call heeds it; the one that was used last comes to the front.
async function clicked(action, call) {
  const open = await windows();
  for (const client of open) client.postMessage({ action, call });
  if (action === "decline") return;
  await (open[0] ? open[0].focus() : self.clients.openWindow(scope.href));
}
