// Which providers somebody names: whole names and short ones, with a slip or two.

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
  const joined = list.join("");
  const found = [];
  for (const [slug, variants] of data.names) {
    let best = 0;
    let length = 0;
    for (const variant of variants) {
      const tokens = variant.split(" ");
      const said = score(tokens, list, joined, weights, data.known);
      if (said > best || (said === best && tokens.length > length)) [best, length] = [said, tokens.length];
    }
    if (best >= ENOUGH) found.push({ slug, best, length });
  }
  found.sort((one, other) => other.best - one.best || other.length - one.length || (one.slug < other.slug ? -1 : 1));
  const kept = found.slice(0, MOST_NAMED);
  return { slugs: kept.map((row) => row.slug), alone: kept.length > 0 && list.length <= kept[0].length + 2 };
}

/** How much of a name was said, from 0 to 1. */
function score(tokens, list, joined, weights, known) {
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
    if (like > 0 && !common(known, token)) rare += 1;
  }
  // A name of common words, such as Victim Support, must be there whole.
  return rare || said === all ? said / all : 0;
}

/** Whether the whole name stands in the words with a slip, be it in a word or in a space: "victm support", "stophate uk". */
function nearlyWhole(whole, length, list) {
  if (whole.length < SHORTEST_TWO_SLIPS) return false;
  for (let at = 0; at < list.length; at++) {
    for (let size = Math.max(1, length - 1); size <= length + 1 && at + size <= list.length; size++) {
      const said = list.slice(at, at + size).join("");
      if (oneSlip(said, whole) || (whole.length >= LONG_NAME && slips(said, whole) <= 2)) return true;
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
  if (oneSlip(word, token)) return 0.9;
  return Math.min(word.length, token.length) >= SHORTEST_TWO_SLIPS && slips(word, token) <= 2 ? 0.75 : 0;
}

function weigh(names) {
  const counts = new Map();
  for (const [, variants] of names) {
    for (const token of new Set(variants.flatMap((variant) => variant.split(" ")))) counts.set(token, (counts.get(token) || 0) + 1);
  }
  return new Map([...counts].map(([token, count]) => [token, Math.log(1 + names.length / count)]));
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

/** How many letters have to be added, left out or changed to make one word of the other (Levenshtein); more than two are not told apart. */
export function slips(one, other) {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let row = [...other].map((_, at) => at + 1);
  row.unshift(0);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[other.length];
}
