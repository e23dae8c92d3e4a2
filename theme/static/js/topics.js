// Which answer somebody's words are about. The table was learned from the editors' phrases; plugins/support_directory/topics.py
// made it, says how it works, and weighs in the same way.
import { words } from "./words.js";

const COUNTS = [2, 1, 2];
const NUMBERS = new Set(["999", "101", "112"]);
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

const MORE_LETTERS = 0x4e00;

const FARTHEST = 2;

/** The words, pairs of neighbours and triples of letters of a text. */
export function features(text, shortForms) {
  const list = words(text, shortForms).filter((word) => !/^\p{Nd}+$/u.test(word) || NUMBERS.has(word));
  return [list, list.slice(1).map((word, at) => `${list[at]} ${word}`), list.flatMap(triples)];
}

function triples(word) {
  const marked = [..."^", ...word, "$"];
  return marked.slice(2).map((letter, at) => marked[at] + marked[at + 1] + letter);
}

/** The table as it came ({answers, steps, words, pairs, totals}) made ready to rank by; `more`: the words of other languages, as another such table. */
export function ready({ answers, steps, words: wordColumns, pairs, totals }, more) {
  const english = read(wordColumns, steps);
  const foreign = more ? read(more.words, more.steps) : read([""]);
  const known = { has: (word) => english.has(word) || foreign.has(word), get: (word) => english.get(word) || foreign.get(word), keys: [...english.keys, ...foreign.keys] };
  const twos = read(pairs, steps);
  const [ofWords, ofPairs, ofTriples, triplesThereAre] = more ? more.totals : totals;
  return { answers, foreign, known, kinds: [
    { rowOf: known.get, size: known.keys.length, all: sum(ofWords), ofAnswer: ofWords },
    { rowOf: twos.get, size: twos.keys.length, all: sum(ofPairs), ofAnswer: ofPairs },
    { rowOf: triplesOf(known), size: triplesThereAre, all: sum(ofTriples), ofAnswer: ofTriples },
  ] };
}

/** Whether a text is in another language: at least as many of its words stand in phrases of other languages only as in English ones. */
export function isForeign({ foreign, known }, text, shortForms) {
  const list = words(text, shortForms);
  const others = list.filter((word) => foreign.has(word)).length;
  return others > 0 && others >= list.filter((word) => known.has(word) && !foreign.has(word)).length;
}

/**
 * Three columns -> a table {has, get, keys} of rows {number of the answer: count}. A feature begins as the one above it does, for as many letters as its
 * first sign says. A row is made when it is asked for: most never are, and a slow phone waits for each.
 */
function read([features, answers, counts], steps) {
  const places = new Map();
  const starts = [];
  const columns = features && answers.split("\n");
  let feature = "";
  let start = 0;
  if (features) {
    features.split("\n").forEach((line, place) => {
      feature = feature.slice(0, parseInt(line[0], 36)) + line.slice(1);
      places.set(feature, place);
      starts.push(start);
      start += columns[place].length;
    });
  }
  const row = (place) => new Map([...columns[place]].map((letter, at) => [numberOf(letter), steps[numberOf(counts[starts[place] + at])]]));
  return { has: (word) => places.has(word), get: kept((word) => (places.has(word) ? row(places.get(word)) : undefined)), keys: [...places.keys()] };
}

/** A function that works each thing out once. */
function kept(work) {
  const made = new Map();
  return (key) => {
    if (!made.has(key)) made.set(key, work(key));
    return made.get(key);
  };
}

function numberOf(letter) {
  const number = LETTERS.indexOf(letter);
  return number >= 0 ? number : LETTERS.length + letter.charCodeAt(0) - MORE_LETTERS;
}

/** The row of a triple of letters: those of all words that hold it, together. */
function triplesOf({ keys, get }) {
  const marked = `\n${keys.map((word) => `^${word}$`).join("\n")}\n`;
  return kept((triple) => {
    const rows = [];
    for (let at = marked.indexOf(triple); at >= 0; at = marked.indexOf(triple, at + 1)) {
      rows.push(get(marked.slice(marked.lastIndexOf("\n", at) + 2, marked.indexOf("\n", at) - 1)));
    }
    return rows.length ? together(rows) : undefined;
  });
}

function together(rows) {
  const found = new Map();
  for (const row of rows) for (const [number, count] of row) found.set(number, (found.get(number) || 0) + count);
  return found;
}

function sum(counts) {
  return counts.reduce((all, count) => all + count, 0);
}

/** What `rank` gave without what is far behind the first: where the words are plainly about one thing, the others are left out. */
export function near(rows) {
  return rows.filter(([, score]) => score >= rows[0][1] - FARTHEST);
}

/** [[answer, score]], the best first; empty where no word is known. `discounts`: what is taken from answers that would catch everything. */
export function rank({ answers, kinds }, text, shortForms, discounts) {
  const scores = new Array(answers.length).fill(0);
  let known = false;
  features(text, shortForms).forEach((found, kind) => {
    const { rowOf, size, all, ofAnswer } = kinds[kind];
    const times = new Map();
    for (const feature of found) if (rowOf(feature)) times.set(feature, (times.get(feature) || 0) + 1);
    const rows = [...times].map(([feature, count]) => {
      const total = sum([...rowOf(feature).values()]);
      return { row: rowOf(feature), total, weight: (1 + Math.log(count)) * Math.sqrt(Math.log(1 + all / total)) };
    });
    const length = Math.sqrt(sum(rows.map(({ weight }) => weight * weight)));
    known ||= rows.length > 0;
    for (const { row, total, weight } of rows) {
      for (let number = 0; number < scores.length; number++) {
        const share = -Math.log((total - (row.get(number) || 0) + 1) / (all - ofAnswer[number] + size));
        scores[number] += (COUNTS[kind] * weight / length) * share;
      }
    }
  });
  if (!known) return [];
  const list = answers.map((answer, number) => [answer, Math.round((scores[number] - (discounts[answer] || 0)) * 1e6) / 1e6]);
  return list.sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
}
