// The page about saving: saves the whole site on this device, shows how far it is, can be stopped, and removes it again.
// Nothing happens before the reader presses Save. Whatever goes wrong then leaves nothing behind, and is said in a sentence.
import { Failed, alone, canSave, channel, copy, deleteOthers, fill, listNow, mark, removeAll, tell } from "./copy.js";
import { look, remove } from "./removal.js";
import { isFromCopy, root, sentences } from "./saved.js";

const PATIENCE = 20000; // milliseconds until the worker must be there
const MEGABYTE = 1000000;
const CANNOT = "This browser cannot save the pages. It may be an old one, a private window, or one that is set to save nothing.";
const WHY = {
  unable: CANNOT,
  room: "There is not enough room on this device.",
  network: "The connection was lost.",
  server: "The site did not answer as it should. Try again later.",
  changed: "The site was changed while it was being saved. Press Save again.",
  stopped: "You stopped it.",
  busy: "Another page of this site is saving or removing just now. Wait until it has ended.",
};

const region = document.querySelector("[data-saving]");
const save = region.querySelector("[data-save]"); // there is none where saving is stopped
const going = region.querySelector("[data-going]");
const progress = going.querySelector("progress");
const count = going.querySelector("[data-count]");
const stop = going.querySelector("button");
const saved = region.querySelector("[data-saved]");
const told = region.querySelector("[data-told]");
const removed = region.querySelector("[data-removed]");
const removing = region.querySelector("[data-remove]");
let saving = null;

/** Shows what can be done now. */
async function show() {
  // Only where there is a worker: Firefox makes a folder when it is asked for copies, and nothing may be stored before somebody saves.
  const isThere = canSave() && (await navigator.serviceWorker?.getRegistration(root).catch(() => undefined));
  const found = isThere ? await copy(root).catch(() => null) : null;
  saved.hidden = !found;
  if (found) saved.querySelector("b").textContent = sentences(found.checked, await isFromCopy()).join(" ");
  if (save) save.hidden = Boolean(found || saving);
  going.hidden = !saving;
}

/** How far the saving is: in files for the bar, in pages and bytes for the reader. */
function counter(list) {
  const isPage = ([address]) => /(^|\/|\.html)$/.test(address);
  const pages = list.files.filter(isPage).length;
  const all = list.files.reduce((sum, [, bytes]) => sum + bytes, 0);
  const done = { pages: 0, bytes: 0 };
  const megabytes = (bytes) => (bytes / MEGABYTE).toFixed(1);
  const tellIt = () => {
    progress.max = all;
    progress.value = done.bytes;
    count.textContent = `${done.pages} of ${pages} pages, ${megabytes(done.bytes)} of ${megabytes(all)} MB`;
  };
  tellIt();
  return (row) => {
    done.pages += isPage(row) ? 1 : 0;
    done.bytes += row[1];
    tellIt();
  };
}

/** The worker, once it is there for this page. Failed where it does not come. */
async function worker() {
  const registration = await navigator.serviceWorker.register(`${root}worker.js`, { scope: root, updateViaCache: "none" });
  const end = Date.now() + PATIENCE;
  for (let asked = null; Date.now() < end;) {
    const { active } = registration;
    const { controller } = navigator.serviceWorker;
    if (active?.state === "activated" && controller && controller.state !== "redundant") return;
    if (active?.state === "activated" && asked !== active) {
      asked = active;
      active.postMessage("claim");
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Failed("unable");
}

/** The whole of it. The worker comes first, so that what a closed page leaves behind is found and removed by it; the marker comes last. */
async function saveAll(signal) {
  await worker().catch(() => { throw new Failed("unable"); });
  const list = await listNow(root, signal);
  let fresh;
  try {
    fresh = await fill(root, list, { signal, told: counter(list) });
  } catch (error) {
    if (error.why !== "changed") throw error;
    const now = await listNow(root, signal);
    throw new Failed(now.version === list.version ? "server" : "changed");
  }
  if (signal.aborted) throw new Failed("stopped");
  await mark(root, fresh);
  await deleteOthers(root, fresh.name);
}

/** Why it failed, as one of WHY. */
function why(error) {
  if (error instanceof Failed) return error.why;
  return error.name === "QuotaExceededError" ? "room" : "unable";
}

async function pressed() {
  told.textContent = removed.textContent = "";
  if (!canSave() || !navigator.serviceWorker) {
    told.textContent = `${CANNOT} Nothing was saved.`;
    return;
  }
  saving = new AbortController();
  progress.removeAttribute("value");
  count.textContent = "";
  await show();
  stop.focus();
  let failure = "";
  try {
    const { signal } = saving;
    const isDone = await alone(root, () => saveAll(signal).then(() => true), false);
    if (!isDone) failure = "busy";
  } catch (error) {
    failure = why(error);
  }
  saving = null;
  if (failure && failure !== "busy") await removeAll(root).catch(() => {});
  const left = failure && failure !== "busy" ? await look(root) : null;
  await show();
  if (!failure) {
    tell(root, "saved");
    told.textContent = "Saved. You can now read this site without a connection.";
    removing.focus();
    return;
  }
  told.textContent = `${WHY[failure]} ${left && (left.copies || left.workers) ? "A part of it may still be on this device. Press Remove." : "Nothing was saved."}`;
  if (save && !save.hidden) save.focus();
}

function start() {
  save?.addEventListener("click", pressed);
  stop.addEventListener("click", () => saving?.abort());
  removing.addEventListener("click", async () => {
    removing.disabled = true;
    told.textContent = "";
    const said = await remove(root);
    removing.disabled = false;
    await show();
    removed.replaceChildren(...said.map((words) => Object.assign(document.createElement("p"), { textContent: words })));
  });
  if (self.BroadcastChannel) {
    channel(root).addEventListener("message", ({ data }) => {
      if (data === "stop") saving?.abort();
      else if (!saving) show();
    });
  }
  show().then(() => { region.hidden = false; }); // what is to be seen answers when it is pressed
}

start();
