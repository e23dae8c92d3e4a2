// The shortlist on the page for professionals: services are chosen with a button, and only they are printed.
// It lives in this page and nowhere else: nothing is stored, sent or put into the address, and it is gone when the page is left or loaded again.
import { element } from "./results.js";

const region = document.querySelector("[data-shortlist]");
const status = region.querySelector("[role=status]");
const names = region.querySelector("[data-chosen]");
const sheet = region.querySelector("[data-sheet]");
const doing = region.querySelector("[data-doing]");
const rest = document.querySelectorAll("[data-rest]");
const chosen = new Map(); // row of the list -> its button

/** What the sheet shows of a row: the same, without what would stand twice in the page. */
export function copyOf(row) {
  const copy = row.cloneNode(true);
  copy.removeAttribute("id");
  copy.removeAttribute("data-listing");
  copy.querySelector("[data-add]")?.remove();
  return copy;
}

function nameOf(row) {
  return row.querySelector("h3").textContent;
}

function label(row, button) {
  button.firstChild.textContent = chosen.has(row) ? "Take off" : "Add";
}

/** A list of what is chosen in a part of the page; where nothing is, there is no list. */
function list(part, attributes, itemOf) {
  part.replaceChildren(...(chosen.size ? [element("ul", attributes, ...[...chosen.keys()].map(itemOf))] : []));
}

/** Shows what is chosen. `said`: what a screen reader is told. */
function show(said) {
  list(names, { class: "chips", "aria-label": "Chosen" }, chip);
  list(sheet, { class: "brief" }, copyOf);
  doing.hidden = !chosen.size;
  for (const part of rest) part.classList.toggle("noprint", chosen.size > 0);
  status.textContent = chosen.size ? `${said} ${chosen.size} chosen.`.trim() : `${said} Nothing is chosen.`.trim();
}

function chip(row) {
  const button = element("button", { type: "button", class: "btn chip" }, element("span", { class: "vh", text: "Take off: " }), nameOf(row),
    element("span", { "aria-hidden": "true", text: "×" }));
  button.addEventListener("click", () => {
    const at = [...chosen.keys()].indexOf(row);
    change(row);
    const left = names.querySelectorAll("button");
    (left[Math.min(at, left.length - 1)] || row.querySelector("[data-add]")).focus();
  });
  return element("li", {}, button);
}

function change(row) {
  const button = row.querySelector("[data-add]");
  const isNew = !chosen.delete(row);
  if (isNew) chosen.set(row, button);
  label(row, button);
  show(`${nameOf(row)} is ${isNew ? "on" : "off"} the list.`);
}

function clear() {
  const rows = [...chosen.keys()];
  chosen.clear();
  for (const row of rows) label(row, row.querySelector("[data-add]"));
  show("");
}

for (const row of document.querySelectorAll("li[data-listing]")) {
  const button = element("button", { type: "button", class: "btn gap-s noprint", "data-add": "" }, element("span"), element("span", { class: "vh", text: ` ${nameOf(row)}` }));
  label(row, button);
  button.addEventListener("click", () => change(row));
  row.lastElementChild.append(button);
}
region.querySelector("[data-print]").addEventListener("click", () => print());
region.querySelector("[data-clear]").addEventListener("click", () => {
  clear();
  region.querySelector("h2").focus();
});
addEventListener("pagehide", clear); // Back must not bring it back
show("");
for (const part of [region, ...document.querySelectorAll("[data-back]")]) part.hidden = false;
