// The worker, at an address that never changes. It is there only after a reader has pressed Save.
// Pages come from the network, and from the copy where that fails or takes long; files that carry a fingerprint come from the copy first.
// The build puts copy.js in front in place of this line.
import { alone, canSave, channel, copy, deleteOthers, fill, hashOf, held, listNow, listOf, mark, tell } from "./static/js/copy.js";

const PATIENCE_WITH_PAGES = 3000; // milliseconds
const BETWEEN_CHECKS = 300000; // milliseconds
const AFTER_A_FAILURE = 30000; // milliseconds
const NOT_SAVED = "offline/not-saved/"; // addresses.py
const FINGERPRINTED = /^static\/|^search\/.*\.[0-9a-f]{12}\.json$/;
const GONE = [404, 410]; // what was taken down must not be shown from the copy
const MOST_SHOWN = 50; // open pages that are remembered
const root = self.registration.scope;
const shown = []; // the pages that were shown from the copy
let failed = 0; // when a check last failed
let saving = null; // what a check can be stopped by

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
channel(root).addEventListener("message", ({ data }) => data === "stop" && saving?.abort());

// "claim": a page that was loaded past the worker wants it all the same. "where": a page asks whether it came from the copy.
self.addEventListener("message", (event) => {
  if (event.data === "claim") event.waitUntil(self.clients.claim());
  if (event.data === "where") event.ports[0].postMessage(shown.includes(event.source?.id));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  address.search = address.hash = "";
  if (request.method !== "GET" || !address.href.startsWith(root)) return;
  const path = address.href.slice(root.length).replace(/(^|\/)index\.html$/, "$1");
  if (request.mode === "navigate") event.respondWith(page(event, path));
  else if (FINGERPRINTED.test(path)) event.respondWith(file(request, path));
});

/** A file that never changes under its name. */
async function file(request, path) {
  const found = await copy(root).catch(() => null);
  return (await held(found, root + path)) || fetch(request, { cache: "no-store" });
}

/** A page: the one on the network if it comes in time. */
async function page(event, path) {
  const coming = fetch(new Request(event.request, { cache: "no-store" })).catch(() => null);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_WITH_PAGES));
  const answer = await Promise.race([coming, late]);
  if (isGood(answer)) {
    event.waitUntil(check(answer.ok ? answer.clone() : null, path).catch(() => {}));
    return answer;
  }
  const found = await copy(root).catch(() => null);
  const kept = await held(found, root + path);
  if (kept) {
    shown.push(event.resultingClientId);
    if (shown.length > MOST_SHOWN) shown.shift();
    return kept;
  }
  if (await held(found, `${root}${path}/`)) return Response.redirect(`${root}${path}/`); // as the server does
  const slow = await coming;
  if (slow) return slow;
  const none = path !== NOT_SAVED && (await held(found, root + NOT_SAVED));
  return none ? Response.redirect(root + NOT_SAVED) : Response.error();
}

/** Whether an answer is the site's own: also that a page is gone, or elsewhere. A server that is broken or will not answer gives none. */
function isGood(answer) {
  return Boolean(answer) && (answer.ok || answer.type === "opaqueredirect" || GONE.includes(answer.status));
}

/** After a page came from the network: brings the copy up to date, if that is due or if the page differs from the saved one. */
async function check(answer, path) {
  if (!canSave()) return;
  const found = await copy(root);
  if (!found) {
    await alone(root, async () => (await copy(root)) || removeAllNow(), null);
    return;
  }
  const row = (await listOf(found)).files.find(([address]) => address === path);
  const differs = row && (!answer || row[2] !== (await hashOf(await answer.text())));
  const since = Date.now() - Math.max(Date.parse(found.checked) + (differs ? -Infinity : BETWEEN_CHECKS), failed + AFTER_A_FAILURE);
  if (since < 0) return;
  await alone(root, update, null);
}

/** Something was left by a saving that was broken off: nothing of it stays. */
async function removeAllNow() {
  await deleteOthers(root, "");
  await self.registration.unregister();
}

/** Puts a new copy in the place of the old one, of which it takes what has not changed. Where that fails, the old one stays as it was. */
async function update() {
  saving = new AbortController();
  try {
    const old = await copy(root);
    if (!old) return;
    const list = await listNow(root, saving.signal);
    const fresh = list.version === old.version ? old : await fill(root, list, { old, signal: saving.signal });
    if (saving.signal.aborted) {
      await deleteOthers(root, old.name);
      return;
    }
    await mark(root, fresh);
    await deleteOthers(root, fresh.name);
    failed = 0;
    tell(root, "checked");
  } catch {
    failed = Date.now();
    const old = await copy(root);
    await deleteOthers(root, old?.name);
  } finally {
    saving = null;
  }
}
