// Lists the services that can help, below the answers, and narrows them: each choice shows how many it would leave.
import { openNow } from "./hours.js";
import { ELSEWHERE, helping, helpsWith, reaches } from "./listings.js";
import { isWhole } from "./rest.js";
import { element, fill, onlyIn, service } from "./results.js";

const AT_ONCE = 10; // services that are shown at first, and with each press of the button
const CRIME_TYPE = "What happened";
const AREA = "Where";
const OPEN_NOW = "Open now";

// ---- pure functions. A choice is {type, area, open, tags: a set}; "" stands for any crime type and for anywhere.

/** Whether a listing fits a choice; `but`: the heading whose own choices are left out of account. */
export function fits(listing, choice, data, but) {
  if (but !== CRIME_TYPE && !helpsWith(listing, choice.type)) return false;
  if (but !== AREA && !reaches(listing, choice.area)) return false;
  if (but !== OPEN_NOW && choice.open && openNow(listing.hours, choice.now, data.bankHolidays) === false) return false; // not known is not closed
  return data.filters.every(([heading, tags]) => {
    const wanted = heading === but ? [] : tags.filter(([tag]) => choice.tags.has(tag));
    return !wanted.length || wanted.some(([tag]) => has(listing, tag, data));
  });
}

function has({ key }, tag, data) {
  return Boolean(data.more[key]?.[1].includes(tag));
}

/** How many services each choice would leave: {types, areas, tags: Maps, open}. What stands under one heading adds up, headings narrow each other. */
export function counts(listings, choice, data) {
  const under = (heading) => listings.filter((listing) => fits(listing, choice, data, heading));
  const withType = under(CRIME_TYPE);
  const inArea = under(AREA);
  const types = ["", ...typesOf(data).map(([, slug]) => slug)].map((slug) => [slug, withType.filter((listing) => helpsWith(listing, slug)).length]);
  const areas = areasOf(data).map(([slug]) => slug).map((slug) => [slug, inArea.filter((listing) => reaches(listing, slug)).length]);
  const tags = data.filters.flatMap(([heading, choices]) => {
    const rows = under(heading);
    return choices.map(([tag]) => [tag, rows.filter((listing) => has(listing, tag, data)).length]);
  });
  const open = under(OPEN_NOW).filter(({ hours }) => openNow(hours, choice.now, data.bankHolidays)).length;
  return { types: new Map(types), areas: new Map(areas), tags: new Map(tags), open };
}

/** The services that fit, the first to turn to first; where only open ones are wanted, those of unknown hours come last. */
export function narrowed(listings, choice, data) {
  const found = helping(listings.filter((listing) => fits(listing, choice, data)), choice.type, choice.area);
  if (!choice.open) return { sure: found, unsure: [] };
  const isOpen = ({ hours }) => openNow(hours, choice.now, data.bankHolidays);
  return { sure: found.filter(isOpen), unsure: found.filter((listing) => !isOpen(listing)) };
}

function typesOf(data) {
  return data.answers.filter(([kind, slug]) => kind === "crime-type" && slug !== data.notSure);
}

function areasOf(data) {
  return [["", `Anywhere in ${data.areaName}`], ...Object.entries(data.areas), [ELSEWHERE, "Somewhere else in the UK"]];
}

/** How many there are, in words. */
export function said({ sure, unsure }, open) {
  const services = (count) => `${count} ${count === 1 ? "service" : "services"}`;
  if (!open) return services(sure.length);
  return `${services(sure.length)} open now` + (unsure.length ? `, ${unsure.length} that may be open` : "");
}

// ---- the page

const choices = new WeakMap(); // region -> what is chosen, and the parts of the page that show it

/**
 * Shows the services that the words ask for, below the answers. What was ticked stays; what happened and where follow the words.
 * Where the answers are only a provider that was named, and in danger, there is no list.
 */
export function offer(region, data, { text, type, here: area, inDanger }, answers, loadArea) {
  if (!data.filters) return; // it did not load
  const here = choices.get(region) || begin(region, data, loadArea);
  here.section.hidden = inDanger || answers.every(([kind]) => kind === "provider");
  if (here.text !== text || here.area !== area) {
    Object.assign(here, { text, area, most: AT_ONCE });
    Object.assign(here.choice, { type, area });
  }
  update(here);
}

/** Brings the list up to date with the clock. */
export function refresh(region) {
  if (choices.has(region)) update(choices.get(region));
}

function begin(region, data, loadArea) {
  const choice = { type: "", area: "", open: false, tags: new Set() };
  const count = element("p", { role: "status", class: "soft" });
  const chips = element("ul", { class: "chips noprint", "aria-label": "Chosen" });
  const list = element("ul", { class: "services" });
  const more = element("button", { type: "button", class: "btn noprint", text: "Show more" });
  const none = element("p", {}, "Nothing fits all of this. ", element("button", { type: "button", class: "btn", text: "Remove all" }));
  const here = { region, data, loadArea, choice, count, chips, list, more, none, most: AT_ONCE, counted: [] };
  here.form = form(here);
  here.section = element("section", { "data-services": "", "aria-labelledby": "services" },
    element("h2", { id: "services", text: "Services that can help" }), here.form, element("div", {}, count, chips, none, list, more));
  more.addEventListener("click", () => {
    const shown = list.querySelectorAll("[data-service]").length;
    here.most += AT_ONCE;
    update(here);
    list.querySelectorAll("[data-service]")[shown]?.querySelector("a").focus();
  });
  none.lastChild.addEventListener("click", () => {
    change(here, () => Object.assign(choice, { type: "", area: "", open: false, tags: new Set() }));
    here.form.querySelector("summary").focus();
  });
  addEventListener("beforeprint", () => { // on paper nobody can ask for more
    here.most = Infinity;
    update(here);
  });
  region.after(here.section);
  choices.set(region, here);
  return here;
}

/** The choices, in a form that is never sent and that no browser keeps. */
function form(here) {
  const { data, choice } = here;
  const fields = [
    select(here, CRIME_TYPE, [["", "Anything"], ...typesOf(data).map(([, slug, title]) => [slug, title])], "type", "types"),
    select(here, AREA, areasOf(data), "area", "areas"),
    element("fieldset", {}, element("legend", { text: "When" }), tick(here, OPEN_NOW, ({ open }) => open, () => choice.open, (on) => { choice.open = on; })),
    ...data.filters.map(([heading, tags]) => element("fieldset", {}, element("legend", { text: heading }), ...tags.map(([tag, words]) =>
      tick(here, words, (counted) => counted.tags.get(tag), () => choice.tags.has(tag), (on) => (on ? choice.tags.add(tag) : choice.tags.delete(tag)))))),
  ];
  const made = element("form", { autocomplete: "off" }, element("details", { class: "filters", open: matchMedia("(min-width: 60em)").matches && "" },
    element("summary", { text: "Show only some of them" }), element("div", { class: "choices" }, ...fields)));
  made.addEventListener("submit", (event) => event.preventDefault());
  return made;
}

function select(here, heading, options, key, counted) {
  const isThere = (value) => !(value in here.data.areas) || value in here.data.texts; // of many areas not all are loaded
  const made = element("select", { autocomplete: "off" }, ...options.map(([value, words]) => element("option", { value, text: words })));
  made.addEventListener("change", () => {
    change(here, () => { here.choice[key] = made.value; });
    if (!isThere(made.value)) here.loadArea(made.value).then(() => update(here));
  });
  here.counted.push((counts) => {
    options.forEach(([value, words], at) => {
      made.options[at].textContent = isThere(value) ? `${words} (${counts[counted].get(value)})` : words;
    });
    made.value = here.choice[key];
  });
  return element("label", {}, element("span", { text: heading }), made);
}

function tick(here, words, countOf, isOn, set) {
  const box = element("input", { type: "checkbox", autocomplete: "off" });
  const count = element("span", { class: "soft" });
  box.addEventListener("change", () => change(here, () => set(box.checked)));
  here.counted.push((counts) => {
    count.textContent = ` (${countOf(counts)})`;
    box.checked = isOn();
    // What would leave nothing is not offered; but what somebody has the focus on does not go.
    label.hidden = words !== OPEN_NOW && !countOf(counts) && !box.checked && document.activeElement !== box;
  });
  const label = element("label", { class: "tick" }, box, element("span", { text: words }, count));
  return label;
}

function change(here, set) {
  set();
  here.most = AT_ONCE;
  update(here);
}

/** Shows what is chosen: the number of each choice, the chosen ones, the services. What has the focus stays where it is. */
function update(here) {
  const { region, data, choice } = here;
  choice.now = new Date();
  const listings = [...data.listings.values()];
  const counted = counts(listings, choice, data);
  for (const showCount of here.counted) showCount(counted);
  for (const group of here.form.querySelectorAll("fieldset")) group.hidden = !group.querySelector("label:not([hidden])");
  const { sure, unsure } = narrowed(listings, choice, data);
  const words = said({ sure, unsure }, choice.open) + (isWhole(data) ? "" : ". Some did not load");
  if (here.count.textContent !== words) here.count.textContent = words;
  fill(here.chips, chosen(here).map(([label, remove]) => chip(here, label, remove)));
  here.none.hidden = sure.length + unsure.length > 0;
  const row = (listing) => element("li", {},
    service(listing, { data, root: region.dataset.root, level: 3, summary: data.more[listing.key]?.[0], where: onlyIn(data, listing) }));
  const between = element("li", { class: "between" }, element("p", { text: "We are not sure if these are open now:" }));
  const firstUnsure = unsure.slice(0, Math.max(0, here.most - sure.length)).map(row);
  fill(here.list, [...sure.slice(0, here.most).map(row), ...(firstUnsure.length ? [between, ...firstUnsure] : [])]);
  here.more.hidden = sure.length + unsure.length <= here.most;
}

/** What is chosen, each as [words, how to take it back]. */
function chosen({ data, choice }) {
  const found = [];
  if (choice.type) found.push([typesOf(data).find(([, slug]) => slug === choice.type)[2], () => { choice.type = ""; }]);
  if (choice.area) found.push([new Map(areasOf(data)).get(choice.area), () => { choice.area = ""; }]);
  if (choice.open) found.push([OPEN_NOW, () => { choice.open = false; }]);
  for (const [, tags] of data.filters) {
    for (const [tag, words] of tags) if (choice.tags.has(tag)) found.push([words, () => choice.tags.delete(tag)]);
  }
  return found;
}

/** A button that takes a choice back. Focus goes to the next one, or to where choices are made. */
function chip(here, label, remove) {
  const button = element("button", { type: "button", class: "btn chip" }, element("span", { class: "vh", text: "Remove: " }), label, element("span", { "aria-hidden": "true", text: "×" }));
  button.addEventListener("click", () => {
    const at = [...here.chips.children].indexOf(button.parentNode);
    change(here, remove);
    const left = here.chips.querySelectorAll("button");
    (left[Math.min(at, left.length - 1)] || here.form.querySelector("summary")).focus();
  });
  return element("li", {}, button);
}
