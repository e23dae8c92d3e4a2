// The copy of the site on this device: how it is found, filled and removed. Pages load this; the worker has it built in (saving.py), for Firefox loads no modules there.
// A copy is one cache of the browser, with a marker that is put in last: what has none is unfinished, is never shown, and goes at the next look.
// Every request here is "no-store": the browser would keep a second copy by itself otherwise, and no page could remove that.
const LIST = "offline/list.json"; // saving.py
const MARKER = "offline/marker"; // in caches only
const AT_ONCE = 4; // files that are fetched at the same time
const PATIENCE = 30000; // milliseconds for one file
const FOR_REMOVAL = 8000; // milliseconds that removing waits for what is still being saved
const MADE = /<span data-made="[^"]*">[^<]*<\/span>/g; // the day of the build: pages that differ in nothing else are not fetched again
// What a saved page must say as well as its words.
const KEPT_HEADERS = ["content-type", "content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"];

/** Why a copy could not be made: "network", "server", "changed" (the site, meanwhile), "stopped" (by the reader). */
export class Failed extends Error {
  constructor(why) {
    super(why);
    this.name = "Failed";
    this.why = why;
  }
}

/** What browsers need to have. Old ones and some private windows have less, and a few throw where this is asked. */
export function canSave() {
  try {
    return Boolean(isSecureContext && navigator.locks && self.BroadcastChannel && crypto.subtle && self.caches);
  } catch {
    return false;
  }
}

/** The name that the caches of the site at this address begin with: other sites may share the host. */
function prefix(root) {
  return `saved ${new URL(root).pathname} `;
}

/** Where pages and worker tell each other: "stop" (whoever saves), "saved", "checked", "removed". */
export function channel(root) {
  return new BroadcastChannel(prefix(root));
}

/** Tells all others. */
export function tell(root, word) {
  const line = channel(root);
  line.postMessage(word);
  line.close();
}

/** Does a piece of work alone: one that saves, checks or removes at a time. `busy`: gives this at once where another is at it. */
export function alone(root, work, busy) {
  return navigator.locks.request(prefix(root), { ifAvailable: busy !== undefined }, (lock) => (lock ? work() : busy));
}

/** The names of the caches that are this site's, finished or not. */
export async function caching(root) {
  return (await caches.keys()).filter((name) => name.startsWith(prefix(root)));
}

/**
 * The copy: {name, list, version, checked}, or null where there is none with a marker. `checked`: when it was last known to be as the site is.
 * Nothing here opens a cache to read from it: that would make an empty one anew where another page has just removed it.
 */
export async function copy(root) {
  let found = null;
  for (const name of await caching(root)) {
    const marker = await held({ name }, root + MARKER);
    const read = marker && { ...(await marker.json()), name, list: root + LIST };
    if (read && (!found || read.checked > found.checked)) found = read;
  }
  return found;
}

/** What a copy holds for an address, or undefined; null where there is no copy. */
export async function held(found, address) {
  return found && caches.match(address, { cacheName: found.name });
}

/** The list that a copy was made by. */
export async function listOf(found) {
  return (await held(found, found.list)).json();
}

/** What the site has now: {version, made, files: [[address, bytes, hash]]}. Failed where it did not come. */
export async function listNow(root, signal) {
  return (await get(root + LIST, signal)).json();
}

/** Says that a copy is whole, and as the site is. The last step. */
export async function mark(root, { name, version }) {
  const marker = { version, checked: new Date().toISOString() };
  await (await caches.open(name)).put(root + MARKER, new Response(JSON.stringify(marker), { headers: { "content-type": "application/json" } }));
}

/**
 * Fills a new cache by a list -> {name, version}, without a marker. What `old`, a copy, holds already is taken from there.
 * `told(files, bytes)` hears how far it is. Throws Failed or what the browser throws, and then nothing is left of it.
 */
export async function fill(root, list, { old = null, signal, told = () => {} }) {
  const name = prefix(root) + list.version;
  await caches.delete(name); // left by one that was broken off
  const there = new Map(old ? (await listOf(old)).files.map(([address, , hash]) => [hash, address]) : []);
  const stop = new AbortController();
  const stopped = () => stop.abort();
  signal.addEventListener("abort", stopped);
  if (signal.aborted) stopped();
  try {
    const cache = await caches.open(name);
    const waiting = list.files.slice();
    const one = async () => {
      for (let row = waiting.shift(); row && !stop.signal.aborted; row = waiting.shift()) {
        const [address, , hash] = row;
        const kept = there.has(hash) && (await held(old, root + there.get(hash)));
        await cache.put(root + address, kept ? await again(kept, list.made) : await fetched(root + address, hash, stop.signal));
        told(row);
      }
    };
    const all = Array.from({ length: AT_ONCE }, one);
    try {
      await Promise.all(all);
    } finally {
      stopped();
      await Promise.allSettled(all); // nothing may be put into a cache that has been deleted
    }
    if (signal.aborted) throw new Failed("stopped");
    await cache.put(root + LIST, new Response(JSON.stringify(list), { headers: { "content-type": "application/json" } }));
    return { name, version: list.version };
  } catch (error) {
    await caches.delete(name);
    throw signal.aborted ? new Failed("stopped") : error;
  } finally {
    signal.removeEventListener("abort", stopped);
  }
}

/** Deletes every cache of this site but the one of that name. */
export async function deleteOthers(root, name) {
  for (const other of await caching(root)) if (other !== name) await caches.delete(other);
}

/** A file that has not changed but perhaps for the day of the build. */
async function again(kept, made) {
  if (!isPage(kept)) return kept;
  return new Response((await kept.text()).replace(MADE, () => made), { headers: kept.headers });
}

function isPage(answer) {
  return /^text\/html/.test(answer.headers.get("content-type"));
}

/** A file as it is now, if it is the one of the list. */
async function fetched(address, hash, signal) {
  const answer = await get(address, signal);
  const body = await answer.arrayBuffer().catch(() => { throw new Failed("network"); });
  if ((await hashOf(isPage(answer) ? new TextDecoder().decode(body) : body)) !== hash) throw new Failed("changed");
  const headers = new Headers();
  for (const name of KEPT_HEADERS) if (answer.headers.has(name)) headers.set(name, answer.headers.get(name));
  return new Response(body, { headers });
}

/** Asks the site itself, past the browser's own copies. */
async function get(address, signal) {
  const asking = new AbortController();
  const stop = () => asking.abort();
  const timer = setTimeout(stop, PATIENCE);
  signal?.addEventListener("abort", stop);
  try {
    const answer = await fetch(address, { cache: "no-store", signal: asking.signal });
    if (!answer.ok || answer.redirected) throw new Failed(answer.status === 404 ? "changed" : "server");
    return new Response(await answer.arrayBuffer(), { headers: answer.headers });
  } catch (error) {
    throw error instanceof Failed ? error : new Failed("network");
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/** The hash that the list gives: of bytes, or of a page's text without the day of the build. */
export async function hashOf(content) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content.replace(MADE, "")) : content;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Removes every cache and worker of this site, whatever is being saved meanwhile. What cannot be removed is left for a look. */
export async function removeAll(root) {
  const work = async () => {
    for (const name of await caching(root)) await caches.delete(name);
    for (const worker of await workers(root)) await worker.unregister();
  };
  tell(root, "stop");
  let isDone = false;
  const done = alone(root, work).then(() => { isDone = true; });
  await Promise.race([done, new Promise((resolve) => setTimeout(resolve, FOR_REMOVAL))]);
  if (!isDone) await work();
  tell(root, "removed");
}

/** The workers of this site that the browser would start again. */
export async function workers(root) {
  const found = navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations() : [];
  return found.filter((worker) => worker.scope === root);
}
