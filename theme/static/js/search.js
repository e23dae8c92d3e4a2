// Answers a search on this device. Nothing that is typed leaves the page: not in an address, a title or storage.
import { about, answers, danger, namedProviders } from "./answers.js";
import { read } from "./listings.js";
import { area, elsewhere, nearMe, onlyAPlace } from "./places.js";
import { element, refreshOpen, result } from "./results.js";
import { isForeign, ready } from "./topics.js";
import { words } from "./words.js";

const TYPING_PAUSE = 250; // milliseconds
const MINUTE = 60000; // milliseconds
const WIDE = "all"; // the part that holds whatever helps beyond one area
const MOST_PARTS = 20; // areas: where there are no more, all are loaded whatever was typed, so that no request says which one it was

// ---- what is loaded

async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`a part of the search did not load: ${answer.status}`);
  return answer.json();
}

function lunr(address) {
  return new Promise((resolve, reject) => {
    const script = element("script", { src: address });
    script.onload = () => resolve(window.lunr);
    script.onerror = () => reject(new Error("the search library did not load"));
    document.head.append(script);
  });
}

/** What is needed for a first answer. */
export async function load(region) {
  const data = await json(region.dataset.index);
  const table = ready(data.topics);
  const danger = data.danger.map((pattern) => pattern.split(" ").map((slot) => slot.split("/")));
  const found = { ...data, danger, table, known: table.known, listings: new Map(), texts: {}, loading: {}, indexes: [], more: {} };
  takeNames(found, data.names || []);
  takeListings(found, data.listings);
  return found;
}

function takeNames(data, rows) {
  data.providers = new Map(rows.map(([slug, name, isOpen, , parts]) => [slug, { name, isOpen, parts }]));
  data.nameWeights = null;
  data.names = rows.map(([slug, name, , others]) => [slug, [words(name).join(" "), ...others]]);
}

function takeListings(data, rows) {
  for (const listing of read(rows)) data.listings.set(listing.key, listing);
}

/** The listings of some parts, each loaded once. What does not load is done without, and asked for again the next time. */
export function loadParts(region, data, parts) {
  return Promise.all(parts.filter((part) => part in data.parts).map((part) => {
    data.loading[part] ||= json(`${region.dataset.parts}listings/${part}.${data.parts[part]}.json`).then(({ listings, texts }) => {
        takeListings(data, listings);
        data.texts[part] = texts;
      })
      .catch(() => delete data.loading[part]);
    return data.loading[part];
  }));
}

/** Adds what a first answer does not need: other languages, names where they are many, the rest of the listings, what services do. */
export async function loadMore(region, data) {
  const { languages, library, parts } = region.dataset;
  const [foreign, names, searching] = await Promise.allSettled([json(languages), data.namesLater && json(`${parts}names.${data.namesLater}.json`), lunr(library),
    loadParts(region, data, [WIDE, ...(isSmall(data) ? Object.keys(data.areas) : [])])]);
  if (foreign.value) data.table = ready(data.topics, foreign.value);
  if (names.value) takeNames(data, names.value);
  data.lunr = searching.value;
  await loadTexts(region, data);
}

/** What the services of the parts that are there do, and an index of it. Gives how many parts were added. */
async function loadTexts(region, data) {
  const parts = Object.entries(data.texts).filter(([, fingerprint]) => fingerprint);
  for (const [part] of parts) data.texts[part] = "";
  await Promise.all(parts.map(async ([part, fingerprint]) => {
    const { index, more, filters } = await json(`${region.dataset.parts}texts/${part}.${fingerprint}.json`).catch(() => ({}));
    Object.assign(data.more, more);
    if (filters) data.filters = filters;
    if (index && data.lunr) data.indexes.push(data.lunr.Index.load(index));
    if (!more) data.texts[part] = fingerprint;
  }));
  return parts.length;
}

// ---- the page

/** What the words say: about what, where, whom they name, whether somebody is in danger. */
function understood(data, text) {
  const topics = about(data, text);
  return { text, topics, place: chosen(data, area(data, text)), named: namedProviders(data, text), inDanger: danger(data, text, topics) };
}

/** Shows the answers to what was said, and gives them. */
function show(region, data, said, again) {
  const { text, topics, place, named, inDanger } = said;
  const answered = answers(data, text, topics, inDanger, named);
  const found = place ? withArea(answered, data.answers.find(([kind, slug]) => kind === "area" && slug === place.slug), data.notSure) : answered;
  const best = found[0];
  const shown = new Set();
  const list = element("ol", { class: "results" }, ...found.map((row) => result(row, { data, root: region.dataset.root, place, best: row === best, shown })));
  if (place) list.querySelector("[data-result=area]").dataset.areaRecognised = place.slug;
  region.querySelector("[data-results]").replaceChildren(element("h2", { class: "vh", text: "Answers" }), ...where(region, data, said, again), list);
  region.querySelector("[data-emergency]").hidden = !inDanger;
  region.querySelector("[data-interpreters]").hidden = !isForeign(data.table, text, data.shortForms);
  region.querySelector("[role=status]").textContent = `${found.length} ${found.length === 1 ? "answer" : "answers"}`;
  return found;
}

/** The answers with the area in second place; where nothing is known of what happened, it comes first. */
function withArea([first, ...others], area, notSure) {
  return first[1] === notSure ? [area, first, ...others] : [first, area, ...others];
}

/** The place with the area that the reader chose, where its code reaches into two. */
function chosen(data, place) {
  const other = place?.other && data.chosen === `${place.said} ${place.other}`;
  return other ? { ...place, slug: place.other, other: place.slug } : place;
}

/** What is said about where somebody is, above the answers: a question with two buttons, an offer, or what to type. */
function where(region, data, { text, place }, again) {
  const outside = elsewhere(data, text);
  if (outside) {
    return [element("p", { text: `${outside} is not in ${data.areaName}. Services for the whole country can still help you. On each page of help they stand under “Anywhere in the UK”.` })];
  }
  if (!place && nearMe(text)) {
    return [element("p", { text: "This site does not know where you are. Type your town, or the first half of your postcode." })];
  }
  if (!place?.other) return [];
  const choose = (slug) => {
    const button = element("button", { text: data.areas[slug], type: "button", class: slug === place.slug ? "btn call" : "btn", "aria-pressed": String(slug === place.slug) });
    button.addEventListener("click", async () => {
      data.chosen = `${place.said} ${slug}`;
      await again();
      [...region.querySelectorAll("[data-where] button")].find((one) => one.textContent === data.areas[slug])?.focus();
    });
    return button;
  };
  const box = element("div", { "data-where": "", class: "where", role: "group", "aria-label": "Where are you?" });
  const slugs = [place.slug, place.other].sort();
  if (place.asked) {
    box.append(element("p", { text: `${place.said.toUpperCase()} is in two areas. Which one are you in?` }), ...slugs.map(choose));
  } else {
    box.append(element("p", { text: `A small part of ${place.said.toUpperCase()} is in ${data.areas[place.other]}.` }), choose(place.other));
  }
  return [box];
}

/** Shows no answers, and gives none. */
function clear(region) {
  region.querySelector("[data-results]").replaceChildren();
  for (const panel of region.querySelectorAll("[data-emergency], [data-interpreters]")) panel.hidden = true;
  region.querySelector("[role=status]").textContent = "";
  return [];
}

/** After the next paint, so that nothing holds up the first answer. */
function later() {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Loads what is needed and answers from then on. Gives {answerNow}, or undefined where it did not load. */
export async function start(region, box) {
  region.dataset.state = "loading";
  let data;
  try {
    data = await load(region);
  } catch {
    return undefined;
  }
  region.querySelector("[role=status]").textContent = "";
  let pending = 0;
  let more = null;
  let filters = null;
  const loadRest = async () => {
    await later();
    [filters] = await Promise.all([import("./filters.js").catch(() => null), loadMore(region, data)]);
    again();
  };
  const again = () => {
    if (region.querySelector("[data-results]").firstChild) showAll(understood(data, box.value.trim()));
  };
  const showAll = (said) => {
    const found = said.text ? show(region, data, said, answer) : clear(region);
    filters?.offer(region, data, said, found, loadArea);
  };
  const loadArea = (area) => loadParts(region, data, [area]).then(() => loadTexts(region, data));
  const answer = async () => {
    clearTimeout(pending);
    const text = box.value.trim();
    more ||= text && loadRest();
    let said = understood(data, text);
    if (text && !said.topics.length && !onlyAPlace(data, text)) { // no word is known: perhaps it is another language
      await more;
      said = understood(data, text);
    }
    await loadParts(region, data, wanted(data, said));
    if (text !== box.value.trim()) return;
    showAll(said);
    region.dataset.answers = Number(region.dataset.answers || 0) + 1;
    if (filters && await loadTexts(region, data)) again();
  };
  box.addEventListener("input", () => {
    clearTimeout(pending);
    pending = setTimeout(answer, TYPING_PAUSE);
  });
  const refresh = () => refreshOpen(region, data);
  setInterval(refresh, MINUTE);
  document.addEventListener("visibilitychange", refresh);
  region.dataset.state = "ready";
  if (box.value.trim()) answer();
  return { answerNow: answer };
}

function isSmall(data) {
  return Object.keys(data.areas).length <= MOST_PARTS;
}

/** The parts that the answers to these words wait for. A small site's are loaded all or none, so that nobody can tell from it what was typed. */
function wanted(data, { place, named }) {
  if (isSmall(data)) return named.slugs.length ? [WIDE, ...Object.keys(data.areas)] : [];
  return [...(place ? [place.slug] : []), ...named.slugs.flatMap((slug) => data.providers.get(slug).parts)];
}
