// Answers a search on this device. Nothing that is typed leaves the page: not in an address, a title or storage.
import { words } from "./words.js";

const MOST = 10;
const MOST_OF_A_KIND = 5;
const TYPING_PAUSE = 250; // milliseconds
const POSTCODE = /\b([a-z]{1,2}\d[a-z\d]?)\s*(?:(\d)[a-z]{2})?\b/gi;
const LONGEST_PLACE = 4; // words
const SHORTEST_MISSPELT = 8; // letters: shorter words are too often other words ("everyone" is one slip from Everton)
const ROADS = new Set(words("street road lane avenue drive close way")); // Bold Street is not the place called Bold
const KINDS = { "crime-type": "What happened", page: "Advice", provider: "Who helps", area: "Area" };

// ---- pure functions

/** The area that the words name, as {slug, said}, or null. A postcode counts more than a place. */
export function area(data, text) {
  for (const [said, outward, digit] of text.matchAll(POSTCODE)) {
    const code = outward.toUpperCase();
    const slug = data.sectors[`${code} ${digit}`] || data.outward[code];
    if (slug) return { slug, said };
  }
  const list = words(text);
  for (let length = Math.min(LONGEST_PLACE, list.length); length > 0; length--) {
    for (let at = 0; at + length <= list.length; at++) {
      const said = list.slice(at, at + length).join(" ");
      if (Object.hasOwn(data.places, said) && !ROADS.has(list[at + length])) return { slug: data.places[said], said };
    }
  }
  return misspeltArea(data, list);
}

/** The same for a long word that is one slip away from a place and means nothing else here. */
function misspeltArea(data, list) {
  const places = Object.keys(data.places).filter((place) => place.length >= SHORTEST_MISSPELT);
  for (const word of list) {
    if (word.length < SHORTEST_MISSPELT || Object.hasOwn(data.known, word)) continue;
    const said = places.find((place) => oneSlip(word, place));
    if (said) return { slug: data.places[said], said };
  }
  return null;
}

/** Whether two words differ by one letter added, left out, changed, or two neighbours swapped. */
export function oneSlip(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const rest = (word, from) => word.slice(from);
  return rest(one, at + 1) === rest(other, at + 1) || rest(one, at + 1) === rest(other, at) || rest(one, at) === rest(other, at + 1)
    || (one[at] === other[at + 1] && one[at + 1] === other[at] && rest(one, at + 2) === rest(other, at + 2));
}

/** Whether the words are words of danger: a phrase of the emergency page stands in them, or that page is the best advice. */
export function danger(data, text, found) {
  const said = ` ${words(text).join(" ")} `;
  const [, slug] = found.find(([kind]) => kind === "crime-type" || kind === "page") || [];
  return slug === "emergency" || data.danger.some((phrase) => said.includes(` ${phrase} `));
}

/** The documents that answer, the best first. Never empty: whoever does not find the word gets "not sure". */
export function answers(data, index, text, typing) {
  const list = words(text);
  const last = list.length - 1;
  const found = index.query((query) => {
    list.forEach((word, at) => {
      query.term(word, { usePipeline: false, boost: 2 });
      if (typing && at === last && word.length > 2) query.term(word, { usePipeline: false, wildcard: 2 });
      if (word.length > 3 && !(word in index.invertedIndex)) {
        query.term(word, { usePipeline: false, editDistance: word.length > 7 ? 2 : 1 });
      }
    });
  });
  const counts = {};
  const kept = found.map((row) => data.documents[row.ref])
    .filter(([kind]) => (counts[kind] = (counts[kind] || 0) + 1) <= MOST_OF_A_KIND).slice(0, MOST);
  const notSure = data.documents.find(([kind, slug]) => kind === "crime-type" && slug === data.notSure);
  return kept.some(([kind]) => kind === "crime-type" || kind === "page") ? kept : [...kept, notSure];
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
  item.append(element("p", KINDS[kind], { class: "kind" }), heading, element("p", note));
  return item;
}

function show(region, data, text, found, place) {
  const root = region.dataset.root;
  const list = element("ol", "", { class: "results" });
  const best = found.find(([kind, slug]) => !place || (kind !== "area" && slug !== data.notSure)) || found[0];
  if (place) {
    const row = data.documents.find(([kind, slug]) => kind === "area" && slug === place.slug);
    found = [row, ...found.filter((other) => other !== row)];
  }
  list.append(...found.map((row) => result(row, place, data, root, row === best)));
  if (place) list.firstChild.dataset.areaRecognised = place.slug;
  region.querySelector("[data-results]").replaceChildren(list);
  region.querySelector("[data-emergency]").hidden = !danger(data, text, found);
  region.querySelector("[role=status]").textContent = `${found.length} ${found.length === 1 ? "answer" : "answers"}`;
}

function clear(region) {
  region.querySelector("[data-results]").replaceChildren();
  region.querySelector("[data-emergency]").hidden = true;
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

async function load(region) {
  const [library, data] = await Promise.all([
    lunr(region.dataset.library),
    fetch(region.dataset.index).then((answer) => {
      if (!answer.ok) throw new Error(`the search index did not load: ${answer.status}`);
      return answer.json();
    }),
  ]);
  const index = library.Index.load(data.index);
  return { data: { ...data, known: index.invertedIndex }, index };
}

/** Loads the index and answers from then on. Gives {answerNow}, or undefined where the index did not load. */
export async function start(region, box) {
  region.dataset.state = "loading";
  let loaded;
  try {
    loaded = await load(region);
  } catch {
    region.dataset.state = "error";
    region.querySelector("[role=status]").textContent = "The search did not load. Use the lists below, or try again.";
    return undefined;
  }
  let pending = 0;
  const answer = (typing) => {
    clearTimeout(pending);
    const text = box.value.trim();
    if (text) {
      show(region, loaded.data, text, answers(loaded.data, loaded.index, text, typing), area(loaded.data, text));
    } else {
      clear(region);
    }
    region.dataset.answers = Number(region.dataset.answers || 0) + 1;
  };
  box.addEventListener("input", () => {
    clearTimeout(pending);
    pending = setTimeout(answer, TYPING_PAUSE, true);
  });
  region.dataset.state = "ready";
  if (box.value.trim()) answer(true);
  return { answerNow: () => answer(false) };
}
