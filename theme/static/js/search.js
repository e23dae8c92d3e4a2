// Answers a search on this device. Nothing that is typed leaves the page: not in an address, a title or storage.
import { named } from "./names.js";
import { area, elsewhere, nearMe, onlyAPlace } from "./places.js";
import { isForeign, near, rank, ready } from "./topics.js";
import { words } from "./words.js";

const MOST_TOPICS = 5;
const MOST_PROVIDERS = 5;
const TYPING_PAUSE = 250; // milliseconds
const KINDS = { "crime-type": "What happened", page: "Advice", provider: "Who helps", area: "Area" };
const GAP = 2; // words that may stand between two words of danger

// ---- pure functions

/** Whether the words are words of danger: one of the editors' patterns stands in them, or they are about an emergency more than about anything else. */
export function danger(data, text, topics) {
  const list = words(text, data.shortForms);
  return topics[0]?.[0] === "emergency" || data.danger.some((slots) => stands(slots, list));
}

function stands(slots, list, slot = 0, from = 0) {
  if (slot === slots.length) return true;
  const last = slot === 0 ? list.length : Math.min(list.length, from + GAP + 1);
  for (let at = from; at < last; at++) {
    if (slots[slot].includes(list[at]) && stands(slots, list, slot + 1, at + 1)) return true;
  }
  return false;
}

/** What the words are about, as topics.rank gives it: [[slug, score]], the best first; nothing where they only say where somebody is. */
export function about(data, text) {
  return onlyAPlace(data, text) ? [] : rank(data.table, text, data.shortForms, data.discounts);
}

/**
 * The answers, the best first. Never without a topic: whoever does not find the word gets "not sure". In danger the advice for it comes first;
 * other advice, and providers whose texts only share words with it, would stand in the way.
 */
export function answers(data, text, topics, inDanger = false) {
  const bySlug = (kinds, slug) => data.answers.find((row) => kinds.includes(row[0]) && row[1] === slug);
  const list = words(text);
  const { slugs, alone } = named(data, list);
  const urgent = inDanger && bySlug(["page"], "emergency") ? ["emergency"] : [];
  const likely = near(topics).map(([slug]) => slug).filter((slug) => !inDanger || bySlug(["crime-type"], slug));
  const best = [...urgent, ...likely].slice(0, MOST_TOPICS).map((slug) => bySlug(["crime-type", "page"], slug));
  if (alone && !list.some((word) => data.known.has(word))) best.length = 0; // a name and nothing else is about nothing else
  else if (!best.length) best.push(bySlug(["crime-type"], data.notSure));
  const others = data.index && !inDanger ? textMatches(data.index, list).filter((slug) => !slugs.includes(slug)) : [];
  const providers = [...slugs, ...others].slice(0, MOST_PROVIDERS).map((slug) => bySlug(["provider"], slug));
  return alone ? [...providers.slice(0, slugs.length), ...best, ...providers.slice(slugs.length)] : [...best, ...providers];
}

/** Providers whose own texts hold these words, by lunr. */
function textMatches(index, list) {
  return index.query((query) => {
    for (const word of list) query.term(word, { usePipeline: false });
  }).map((row) => row.ref);
}

// ---- the page

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function result([kind, slug, title, note, address], place, data, root, best) {
  const item = element("li", "", { "data-result": kind, "data-slug": slug, ...(best && { class: "best" }) });
  const near = kind === "crime-type" && place;
  const link = element("a", near ? `${title}: help in ${data.areas[place.slug]}` : title, { href: root + address + (near ? `${place.slug}/` : "") });
  const heading = element("h3");
  heading.append(link);
  item.append(element("p", KINDS[kind], { class: "kind" }), heading, element("p", note || data.notes?.[slug] || ""));
  return item;
}

function show(region, data, text) {
  const topics = about(data, text);
  const place = chosen(data, area(data, text));
  const inDanger = danger(data, text, topics);
  let found = answers(data, text, topics, inDanger);
  const root = region.dataset.root;
  const list = element("ol", "", { class: "results" });
  const best = found.find(([kind, slug]) => !place || (kind !== "area" && slug !== data.notSure)) || found[0];
  if (place) {
    const row = data.answers.find(([kind, slug]) => kind === "area" && slug === place.slug);
    found = [row, ...found.filter((other) => other !== row)];
  }
  list.append(...found.map((row) => result(row, place, data, root, row === best)));
  if (place) list.firstChild.dataset.areaRecognised = place.slug;
  region.querySelector("[data-results]").replaceChildren(...where(region, data, text, place), list);
  region.querySelector("[data-emergency]").hidden = !inDanger;
  region.querySelector("[data-interpreters]").hidden = !isForeign(data.table, text, data.shortForms);
  region.querySelector("[role=status]").textContent = `${found.length} ${found.length === 1 ? "answer" : "answers"}`;
}

/** The place with the area that the reader chose, where its code reaches into two. */
function chosen(data, place) {
  const other = place?.other && data.chosen === `${place.said} ${place.other}`;
  return other ? { ...place, slug: place.other, other: place.slug } : place;
}

/** What is said about where somebody is, above the answers: a question with two buttons, an offer, or what to type. */
function where(region, data, text, place) {
  const outside = elsewhere(data, text);
  if (outside) {
    return [element("p", `${outside} is not in ${data.areaName}. Services for the whole country can still help you. On each page of help they stand under “Anywhere in the UK”.`)];
  }
  if (!place && nearMe(text)) {
    return [element("p", "This site does not know where you are. Type your town, or the first half of your postcode.")];
  }
  if (!place?.other) return [];
  const choose = (slug) => {
    const button = element("button", data.areas[slug], { type: "button", class: slug === place.slug ? "btn call" : "btn", "aria-pressed": String(slug === place.slug) });
    button.addEventListener("click", () => {
      data.chosen = `${place.said} ${slug}`;
      show(region, data, text);
      [...region.querySelectorAll("[data-where] button")].find((one) => one.textContent === data.areas[slug])?.focus();
    });
    return button;
  };
  const box = element("div", "", { "data-where": "", class: "where", role: "group", "aria-label": "Where are you?" });
  const slugs = [place.slug, place.other].sort();
  if (place.asked) {
    box.append(element("p", `${place.said.toUpperCase()} is in two areas. Which one are you in?`), ...slugs.map(choose));
  } else {
    box.append(element("p", `A small part of ${place.said.toUpperCase()} is in ${data.areas[place.other]}.`), choose(place.other));
  }
  return [box];
}

function clear(region) {
  region.querySelector("[data-results]").replaceChildren();
  for (const panel of region.querySelectorAll("[data-emergency], [data-interpreters]")) panel.hidden = true;
  region.querySelector("[role=status]").textContent = "";
}

function lunr(address) {
  return new Promise((resolve, reject) => {
    const script = element("script", "", { src: address });
    script.onload = () => resolve(window.lunr);
    script.onerror = () => reject(new Error("the search library did not load"));
    document.head.append(script);
  });
}

async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`a part of the search did not load: ${answer.status}`);
  return answer.json();
}

/** What is needed for a first answer. */
export async function load(region) {
  const data = await json(region.dataset.index);
  const table = ready(data.topics);
  const title = new Map(data.answers.filter(([kind]) => kind === "provider").map(([, slug, name]) => [slug, words(name).join(" ")]));
  const names = data.names.map(([slug, others]) => [slug, [title.get(slug), ...others]]);
  return { ...data, names, table, known: table.kinds[0].rows };
}

/** Adds what a first answer does not need: other languages, and what providers say they do. What does not load is done without. */
export async function loadMore(region, data) {
  const [languages, library, texts] = await Promise.allSettled([json(region.dataset.languages), lunr(region.dataset.library), json(region.dataset.texts)]);
  if (languages.value) data.table = ready(data.topics, languages.value);
  if (texts.value) data.notes = texts.value.notes;
  if (library.value && texts.value) data.index = library.value.Index.load(texts.value.index);
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
  const answer = async () => {
    clearTimeout(pending);
    const text = box.value.trim();
    more ||= text && later().then(() => loadMore(region, data)).then(() => again(text));
    if (text && !about(data, text).length && !onlyAPlace(data, text)) await more; // no word is known: perhaps it is another language
    if (text !== box.value.trim()) return;
    if (text) show(region, data, text);
    else clear(region);
    region.dataset.answers = Number(region.dataset.answers || 0) + 1;
  };
  const again = (text) => {
    if (text === box.value.trim() && region.querySelector("[data-results]").firstChild) show(region, data, text);
  };
  box.addEventListener("input", () => {
    clearTimeout(pending);
    pending = setTimeout(answer, TYPING_PAUSE);
  });
  region.dataset.state = "ready";
  if (box.value.trim()) answer();
  return { answerNow: answer };
}
