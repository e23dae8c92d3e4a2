// Loads what a first answer needs (rest.js: what comes after it), each piece once. What did not load is asked for again the next time.
import { read } from "./listings.js";
import { ready } from "./topics.js";
import { words } from "./words.js";

const WIDE = "all"; // the part that holds whatever helps beyond one area
const MOST_PARTS = 20; // areas: where there are no more, all are loaded whatever was typed, so that no request says which one it was

/** A file of the search. */
export async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`a part of the search did not load: ${answer.status}`);
  return answer.json();
}

/** What is needed for a first answer. */
export async function load(region) {
  const first = await json(region.dataset.index);
  const table = ready(first.topics);
  const slots = (pattern) => pattern.split(" ").map((slot) => slot.split("/"));
  const patterns = first.danger.map(slots);
  const asked = first.asked.map(([slug, pattern]) => [slug, slots(pattern)]);
  const answers = [...first.answers, ...Object.entries(first.areas).map(areaAnswer)];
  const data = { ...first, answers, danger: patterns, asked, table, known: table.known, listings: new Map(), texts: {}, loading: {}, loaded: new Set(), indexes: [], more: {} };
  takeNames(data, first.names || []);
  takeListings(data, first.listings);
  return data;
}

/** [slug, name] of an area -> the row of it that can be found, as those that came. Made here: of hundreds of areas they would be a fifth of what is loaded. */
function areaAnswer([slug, name]) {
  return ["area", slug, `Help in ${name}`, `Who helps after a crime in ${name}.`, `areas/${slug}/`];
}

/** Takes in rows of names. */
export function takeNames(data, rows) {
  data.providers = new Map(rows.map(([slug, name, isOpen, , parts]) => [slug, { name, isOpen, parts }]));
  data.nameWeights = null;
  data.names = rows.map(([slug, name, , others]) => [slug, [words(name).join(" "), ...others]]);
}

function takeListings(data, rows) {
  for (const listing of read(rows, data.costs)) data.listings.set(listing.key, listing);
}

function isSmall(data) {
  return Object.keys(data.areas).length <= MOST_PARTS;
}

/** The parts that are loaded for any words. */
export function always(data) {
  return [WIDE, ...(isSmall(data) ? Object.keys(data.areas) : [])];
}

/** The parts that the answers to these words need. A small site's are loaded all or none, so that nobody can tell from it what was typed. */
export function wanted(data, { place, named }) {
  if (isSmall(data)) return named.slugs.length ? always(data) : [];
  return [...(place ? [place.slug] : []), ...named.slugs.flatMap((slug) => data.providers.get(slug).parts)];
}

/** The listings of some parts. */
export function loadParts(region, data, parts) {
  return Promise.all(parts.filter((part) => part in data.parts).map((part) => {
    data.loading[part] ||= json(`${region.dataset.parts}listings/${part}.${data.parts[part]}.json`).then(({ listings, texts }) => {
      takeListings(data, listings);
      data.texts[part] = texts;
    }).catch(() => delete data.loading[part]);
    return data.loading[part];
  }));
}
