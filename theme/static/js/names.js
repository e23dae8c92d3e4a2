// Which providers somebody names: whole names and short ones, with a slip or two.
import { words } from "./words.js";

const SHORTEST_SLIP = 5; // letters: in a shorter word a slip makes another word too often
const SHORTEST_TWO_SLIPS = 8;
const LONG_NAME = 12; // letters, two slips in which leave it plain
const SHORTEST_JOINED = 6; // "safe2speak" for "safe 2 speak"
const ENOUGH = 0.7; // of what a name says, by how rare its words are
const COMMON = 5; // a word that stands in so many phrases is a common one, even where it is a provider's name, such as Shelter
const MOST_NAMED = 3;

/** The providers that a list of folded words names: {slugs: the best first, alone: whether little else was said}. */
export function named(data, list) {
  const weights = data.nameWeights ||= weigh(data.names);
  const areas = data.areaWords ||= new Set(Object.values(data.areas).flatMap((name) => words(name)));
  const joined = list.join("");
  const found = [];
  for (const [slug, variants] of data.names) {
    let best = 0;
    let length = 0;
    for (const variant of variants) {
      const tokens = variant.split(" ");
      const said = score(tokens, list, joined, weights, data.known, areas);
      if (said > best || (said === best && tokens.length > length)) [best, length] = [said, tokens.length];
    }
    if (best >= ENOUGH) found.push({ slug, best, length });
  }
  found.sort((one, other) => other.best - one.best || other.length - one.length || (one.slug < other.slug ? -1 : 1));
  const kept = found.slice(0, MOST_NAMED);
  return { slugs: kept.map((row) => row.slug), alone: kept.length > 0 && list.length <= kept[0].length + 2 };
}

/** How much of a name was said, from 0 to 1. */
function score(tokens, list, joined, weights, known, areas) {
  const whole = tokens.join("");
  if (tokens.length > 1 && whole.length >= SHORTEST_JOINED && joined.includes(whole)) return 1;
  if (tokens.length > 1 && nearlyWhole(whole, tokens.length, list)) return 0.95;
  if (tokens.length === 1 && list.length > 2 && common(known, tokens[0])) return 0;
  let all = 0;
  let said = 0;
  let rare = 0;
  for (const token of tokens) {
    const weight = weights.get(token);
    const like = Math.max(0, ...list.map((word) => likeness(word, token, known)));
    all += weight;
    said += weight * like;
    if (like > 0 && !common(known, token) && !areas.has(token)) rare += 1;
  }
  // A name of common words, such as Victim Support, must be there whole; and whoever says where they are names nobody yet.
  return rare || said === all ? said / all : 0;
}

/** Whether the whole name stands in the words with a slip, be it in a word or in a space: "victm support", "stophate uk". */
function nearlyWhole(whole, length, list) {
  if (whole.length < SHORTEST_TWO_SLIPS) return false;
  for (let at = 0; at < list.length; at++) {
    for (let size = Math.max(1, length - 1); size <= length + 1 && at + size <= list.length; size++) {
      const said = list.slice(at, at + size).join("");
      const most = whole.length >= LONG_NAME ? 2 : 1;
      if (slips(said, whole, most) <= most) return true;
    }
  }
  return false;
}

function common(known, word) {
  const row = known.get(word);
  if (!row) return false;
  let count = 0;
  for (const times of row.values()) count += times;
  return count >= COMMON;
}

function likeness(word, token, known) {
  if (word === token) return 1;
  if (common(known, word) || Math.min(word.length, token.length) < SHORTEST_SLIP) return 0;
  const most = Math.min(word.length, token.length) >= SHORTEST_TWO_SLIPS ? 2 : 1;
  const count = slips(word, token, most);
  return count > most ? 0 : [1, 0.9, 0.75][count];
}

function weigh(names) {
  const counts = new Map();
  for (const [, variants] of names) {
    for (const token of new Set(variants.flatMap((variant) => variant.split(" ")))) counts.set(token, (counts.get(token) || 0) + 1);
  }
  return new Map([...counts].map(([token, count]) => [token, Math.log(1 + names.length / count)]));
}

/**
 * How many slips make one word of the other: a letter added, left out or changed, or two neighbours swapped (Damerau and Levenshtein).
 * `most`: what is more is not counted further.
 */
export function slips(one, other, most = 2) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[other.length];
}
