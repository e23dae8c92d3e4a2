// The file to carry: the whole site is in this page, and this shows one part of it at a time. Its parts have numbers ("c3": a crime type,
// "c3-2": with an area), and neither the address nor the history changes: whoever looks there later finds nothing, and after the exit no Back leads here.
import "./box.js";
import { helpsWith, reaches, read } from "./listings.js";
import { element, link, onlyIn, service } from "./results.js";

const SECTIONS = [["local", "In one part of "], ["force-wide", "Anywhere in "], ["national", "Anywhere in the UK"]];
const files = JSON.parse(document.getElementById("files").textContent);
const start = document.getElementById("start");
const back = document.querySelector("[data-back]");
const region = document.querySelector("[data-search]");
const before = []; // where Back leads: {number, far: how far it was scrolled, to: the link that was pressed}
let here = "start";
let all = null;

const inSite = (address) => address.slice(region.dataset.root.length);

// What the search would fetch stands in this page.
globalThis.fetch = async (address) => ({ ok: inSite(address) in files, json: async () => files[inSite(address)] });

// Where the search would link to a page of the site.
link.to = (root, address) => {
  const [kind, slug, area] = address.split("/");
  const place = area && document.querySelector(`[data-at="areas/${area}/"]`);
  const number = numberOf(slug ? `${kind}/${slug}/` : `${kind}/`);
  return `#${number}` + (place ? `-${place.id.slice(1)}` : "");
};

function numberOf(address) {
  return document.querySelector(`[data-at="${address}"]`)?.id || "start";
}

/** What is known of all listings, as the search has it; they stand in the order of the pages of help. */
function everything() {
  if (!all) {
    const first = files[inSite(region.dataset.index)];
    const more = Object.assign({}, ...Object.values(files).map((file) => file.more || {}));
    const listings = read(first.listings, first.costs);
    const byKey = new Map(listings.map((listing) => [listing.key, listing]));
    const anyCrime = files["any-crime"].map((key) => byKey.get(key));
    all = { areas: first.areas, areaName: first.areaName, bankHolidays: first.bankHolidays, more, listings, anyCrime };
  }
  return all;
}

// ---- what is put together when it is asked for

function card({ key }) {
  return document.querySelector(`#providers [data-listing="${key}"]`).cloneNode(true);
}

function row(listing, where) {
  const data = everything();
  const summary = data.more[listing.key]?.[0];
  return element("li", { "data-listing": listing.key }, service(listing, { data, root: region.dataset.root, level: 3, summary, where: where && onlyIn(data, listing) }));
}

function rows(listings, where) {
  return element("ul", { class: "services" }, ...listings.map((listing) => row(listing, where)));
}

function tiles(label, choices, current) {
  const links = choices.map(([text, number]) => element("li", {}, element("a", { class: "btn", href: `#${number}`, text, "aria-current": number === current && "page" })));
  return element("nav", { "aria-label": label, class: "noprint" }, element("ul", { class: "tiles" }, ...links));
}

function areas() {
  return [...document.querySelectorAll("#areas [data-at]")].map(({ id, dataset }) => ({ number: id.slice(1), name: dataset.name, slug: dataset.at.split("/")[1] }));
}

/** Who helps with a crime type in an area (undefined: anywhere), as the page of help of the site shows it. */
function whoHelps(crime, area) {
  const { listings, anyCrime, areaName } = everything();
  const type = crime.dataset.at.split("/")[1];
  const isHere = (listing) => reaches(listing, area?.slug || "");
  const special = listings.filter((listing) => listing.types !== "all" && helpsWith(listing, type) && isHere(listing));
  const place = area?.name || areaName;
  const near = ({ reach }) => (Array.isArray(reach) ? "local" : reach);
  const order = area ? [0, 1, 2] : [1, 0, 2];
  const sections = order.map((at) => SECTIONS[at]).flatMap(([kind, title]) => {
    const rowsOf = special.filter((listing) => near(listing) === kind);
    const heading = kind === "national" ? title : kind === "local" && area ? `In ${place}` : title + areaName;
    const isShort = kind === "local" && !area;
    const body = isShort ? [element("p", { text: "Choose your area above for the full listings." }), rows(rowsOf, true)]
      : [element("div", { class: kind === "national" && "quiet" }, ...rowsOf.map(card))];
    return rowsOf.length ? [element("section", {}, element("h2", { text: heading }), ...body)] : [];
  });
  const none = !sections.length && element("p", { class: "gap-s", text: `We know of no service for this alone in ${place}. The services below help after any crime.` });
  const choices = [[`All of ${areaName}`, crime.id], ...areas().map(({ name, number }) => [name, `${crime.id}-${number}`])];
  crime.querySelector("[data-place]").textContent = place;
  return [element("h3", { class: "noprint", text: "Where are you?" }), tiles("Areas", choices, area ? `${crime.id}-${area.number}` : crime.id), none, ...sections,
    element("section", {}, element("h2", { text: "Help after any crime" }), rows(anyCrime.filter(isHere)))].filter(Boolean);
}

/** What happened, to choose from, and who helps in an area only. */
function inArea(area) {
  const { listings, areaName } = everything();
  const types = document.querySelector("#start .types").cloneNode(true);
  const other = document.querySelector("#start [data-not-sure]").cloneNode(true);
  for (const choice of [...types.querySelectorAll("a"), ...other.querySelectorAll("a")]) choice.href = `${choice.getAttribute("href")}-${area.number}`;
  const sections = [[`Only in ${area.name} or nearby`, listings.filter(({ reach }) => Array.isArray(reach) && reach.includes(area.slug))],
    [`Anywhere in ${areaName}`, listings.filter(({ reach }) => reach === "force-wide")]];
  return [element("h3", { text: "What happened?" }), types, other,
    ...sections.filter(([, list]) => list.length).map(([title, list]) => element("section", {}, element("h2", { text: title }), rows(list)))];
}

// ---- what is shown

/** Shows the part of that number; false where there is none. */
function show(number) {
  const [at, more] = number.split("-");
  const part = document.getElementById(at);
  const view = part?.closest("[data-view]");
  if (!view) return false;
  here = number;
  for (const other of document.querySelectorAll("[data-view]")) other.hidden = other !== view;
  for (const other of view.querySelectorAll("[data-at]")) other.hidden = part !== view && other !== part;
  for (const other of view.querySelectorAll("[data-whole]")) other.hidden = part !== view;
  for (const name of view.querySelectorAll("[data-alone]")) name.hidden = name.parentNode !== part;
  for (const group of view.querySelectorAll("[data-letter]")) group.hidden = !group.querySelector("[data-at]:not([hidden])");
  if (at[0] === "c") part.querySelector("[data-who]").replaceChildren(...whoHelps(part, areas().find((area) => area.number === more)));
  if (at[0] === "a" && part !== view) part.querySelector("[data-who]").replaceChildren(...inArea(areas().find((area) => area.number === at.slice(1))));
  back.hidden = !before.length;
  for (const choice of document.querySelectorAll(".nav a")) {
    if (choice.getAttribute("href") === `#${view.id}`) choice.setAttribute("aria-current", "page");
    else choice.removeAttribute("aria-current");
  }
  return true;
}

/** Where the eye and the focus go: the heading of what is shown now. */
function lookAt(number) {
  const target = document.getElementById(number) || document.getElementById(number.split("-")[0]);
  const heading = [...target.querySelectorAll("h2")].find((one) => one.getClientRects().length) || target;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  if (target === start) scrollTo(0, 0);
  else (back.hidden || target.id === number && number.includes("-") ? heading : back).scrollIntoView();
}

document.addEventListener("click", (event) => {
  const number = event.target.closest?.('a[href^="#"]')?.getAttribute("href").slice(1);
  if (!number || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault(); // the address stays as it is
  if (number === "main") {
    document.getElementById("main").focus();
    return;
  }
  before.push({ number: here, far: scrollY, to: `#${number}` });
  if (number === here || !show(number)) before.pop();
  lookAt(number);
});

back.querySelector("button").addEventListener("click", () => {
  const { number, far, to } = before.pop();
  show(number);
  lookAt(number);
  const pressed = [...document.querySelectorAll(`main a[href="${to}"]`)].find((one) => one.getClientRects().length);
  pressed?.focus({ preventScroll: true });
  scrollTo(0, far);
});

// The answers stand below the box, so the box goes to the top.
document.getElementById("words").addEventListener("focus", ({ target }) => target.form.scrollIntoView());

for (const hidden of document.querySelectorAll("[data-with-script]")) hidden.hidden = false;
for (const other of document.querySelectorAll("[data-without-script]")) other.remove();
const made = document.querySelector("[data-check-after]");
if (Date.now() > Date.parse(made.dataset.checkAfter) + 86400000) {
  made.classList.add("aged");
  made.prepend(element("strong", { text: "This copy is old. " }));
}
if (!show(location.hash.slice(1))) show("start");
