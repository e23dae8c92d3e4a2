// The line that says, on every page while the site is saved, that it is, and takes it away again. age.js loads this in that case only.
import { channel, copy } from "./copy.js";
import { remove } from "./removal.js";

const MOST = 30; // days without a look at the site
const DAY = 86400000; // milliseconds
const ANSWER = 1000; // milliseconds that the worker has to answer

/** The address that the site begins at: this script lies in static/<fingerprint>/js/. */
export const root = new URL("../../../", import.meta.url).href;

/** A day in words. */
export function day(moment) {
  return new Date(moment).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

/** The sentences about a copy. `isShown`: whether this page came from it. */
export function sentences(checked, isShown) {
  const days = Math.floor((Date.now() - Date.parse(checked)) / DAY);
  return [
    `Saved on this device, checked ${day(checked)}.`,
    ...(isShown ? ["You are reading the saved copy."] : []),
    ...(days > MOST ? [`Saved ${days} days ago. Numbers may have changed.`] : []),
  ];
}

/** Whether this page came from the copy: the worker knows. */
export function isFromCopy() {
  return new Promise((resolve) => {
    const line = new MessageChannel();
    line.port1.addEventListener("message", ({ data }) => resolve(data));
    line.port1.start();
    setTimeout(() => resolve(false), ANSWER);
    if (navigator.serviceWorker.controller) navigator.serviceWorker.controller.postMessage("where", [line.port2]);
    else resolve(false);
  });
}

/** Shows the line at the foot of the page; a warning stands at its top. */
async function start() {
  const isShown = await isFromCopy();
  const line = document.createElement("p");
  line.dataset.saved = "";
  const words = document.createElement("span");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.dataset.remove = "";
  button.textContent = "Remove from this device";
  line.append(words, " ", button);
  const warning = document.createElement("div");
  warning.className = "wrap";
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  told.dataset.removed = "";
  const show = async () => {
    const found = await copy(root);
    line.hidden = warning.hidden = !found;
    if (!found) return;
    const said = sentences(found.checked, isShown);
    words.textContent = said.join(" ");
    const aged = document.createElement("p");
    aged.className = "aged gap-s";
    aged.textContent = said.join(" ");
    warning.replaceChildren(...(isShown && said.length > 2 ? [aged] : []));
  };
  await show();
  document.querySelector("footer .wrap").prepend(line, told);
  document.querySelector("main").prepend(warning);
  channel(root).addEventListener("message", () => show().catch(() => {}));
  button.addEventListener("click", async () => {
    button.disabled = true;
    told.textContent = (await remove(root)).join(" ");
    button.disabled = false;
    await show();
  });
}

if (!document.querySelector("[data-saving]")) start().catch(() => {}); // the page about saving has a place of its own for this
