// What the search makes of somebody's words. Pure functions of the search's data and of what was typed.
import { reaches } from "./listings.js";
import { named } from "./names.js";
import { onlyAPlace } from "./places.js";
import { near, rank } from "./topics.js";
import { words } from "./words.js";

const MOST_TOPICS = 5;
const MOST_PROVIDERS = 5;
const ASKED_AT = 2; // answers that may stand before a page that was asked for in its own words, as in understanding.py
const LONGEST_ASKED = 10; // words: whoever says more tells what happened, and that comes first
const GAP = 2; // words that may stand between two words of danger
const NOT_OPEN = "This service has closed or stopped for a time. Its page says what to use instead.";

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

/** Whether at least one of the words stands in the phrases of the editors. */
export function isKnown(data, text) {
  return words(text, data.shortForms).some((word) => data.known.has(word));
}

/** The topics with the page that was asked for in its own words, third at the latest, and never before a crime that comes first. */
function withAsked(data, list, likely) {
  const page = list.length <= LONGEST_ASKED && data.asked.find(([, slots]) => stands(slots, list));
  const at = !likely.length || likely[0] === data.notSure ? 0 : ASKED_AT;
  return page ? [...likely.slice(0, at), page[0], ...likely.slice(at)] : likely;
}

/** Whom the words name: {slugs: of providers, the best first, alone: whether little else was said}. */
export function namedProviders(data, text) {
  return named(data, words(text));
}

/**
 * The answers, the best first, each [kind, slug, title, note, address]. Never without a topic: whoever does not find the word gets "not sure".
 * In danger the advice for it comes first; other advice, and providers whose texts only share words with it, would stand in the way.
 * `area`: where somebody is, or "": a provider that only shares words must reach it.
 */
export function answers(data, text, topics, inDanger = false, { slugs, alone } = namedProviders(data, text), area = "") {
  const bySlug = (kinds, slug) => data.answers.find((row) => kinds.includes(row[0]) && row[1] === slug);
  const list = words(text);
  const urgent = inDanger && bySlug(["page"], "emergency") ? ["emergency"] : [];
  const likely = near(topics).map(([slug]) => slug).filter((slug) => !inDanger || bySlug(["crime-type"], slug));
  const best = [...urgent, ...(inDanger ? likely : withAsked(data, words(text, data.shortForms), likely))].slice(0, MOST_TOPICS).map((slug) => bySlug(["crime-type", "page"], slug));
  if (alone && !list.some((word) => data.known.has(word))) best.length = 0; // a name and nothing else is about nothing else
  else if (!best.length) best.push(bySlug(["crime-type"], data.notSure));
  const here = (slug) => !area || [...data.listings.values()].some((listing) => listing.slug === slug && reaches(listing, area));
  const others = inDanger ? [] : textMatches(data.indexes, list).filter((slug) => !slugs.includes(slug) && data.providers.has(slug) && here(slug));
  const providers = [...slugs, ...others].slice(0, MOST_PROVIDERS).map((slug) => provider(data, slug));
  return alone ? [...providers.slice(0, slugs.length), ...best, ...providers.slice(slugs.length)] : [...best, ...providers];
}

function provider(data, slug) {
  const { name, isOpen } = data.providers.get(slug);
  return ["provider", slug, name, isOpen ? "" : NOT_OPEN, `providers/${slug}/`];
}

/** Providers whose own texts hold these words, by lunr: the best of all parts that are there. */
function textMatches(indexes, list) {
  const scores = new Map();
  for (const index of indexes) {
    for (const { ref, score } of index.query((query) => list.forEach((word) => query.term(word, { usePipeline: false })))) {
      scores.set(ref, Math.max(score, scores.get(ref) || 0));
    }
  }
  return [...scores].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([slug]) => slug);
}
