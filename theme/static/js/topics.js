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

/** The table as it came ({answers, steps, words, pairs}) made ready to rank by; `more`: the words of other languages, as another such table. */
export function ready({ answers, steps, words: wordColumns, pairs }, more) {
  const english = read(wordColumns, steps);
  const foreign = more ? read(more.words, more.steps) : new Map();
  const known = new Map([...english, ...foreign]);
  return { answers, foreign, kinds: [counted(known, answers.length), counted(read(pairs, steps), answers.length), triplesOf(known, answers.length)] };
}

/** Whether a text is in another language: at least as many of its words stand in phrases of other languages only as in English ones. */
export function isForeign({ foreign, kinds }, text, shortForms) {
  const list = words(text, shortForms);
  const others = list.filter((word) => foreign.has(word)).length;
  return others > 0 && others >= list.filter((word) => kinds[0].rows.has(word) && !foreign.has(word)).length;
}

/** Three columns -> {feature: {number of the answer: count}}. A feature begins as the one above it does, for as many letters as its first sign says. */
function read([features, answers, counts], steps) {
  const rows = new Map();
  if (!features) return rows;
  const columns = answers.split("\n");
  let feature = "";
  let at = 0;
  features.split("\n").forEach((line, place) => {
    feature = feature.slice(0, parseInt(line[0], 36)) + line.slice(1);
    const row = new Map();
    for (const letter of columns[place]) row.set(numberOf(letter), steps[numberOf(counts[at++])]);
    rows.set(feature, row);
  });
  return rows;
}

function numberOf(letter) {
  const number = LETTERS.indexOf(letter);
  return number >= 0 ? number : LETTERS.length + letter.charCodeAt(0) - MORE_LETTERS;
}

/** Features ready to rank by. `rowOf`: a feature's row, or undefined; `size`: how many there are; `all` and `ofAnswer`: their counts together. */
function counted(rows, answers) {
  const ofAnswer = new Array(answers).fill(0);
  for (const row of rows.values()) for (const [number, count] of row) ofAnswer[number] += count;
  return { rows, rowOf: (feature) => rows.get(feature), size: rows.size, all: sum(ofAnswer), ofAnswer };
}

/** The same for the triples of letters of words. A triple's row is made when it is asked for: most never are, and a slow phone waits for each. */
function triplesOf(known, answers) {
  const holders = new Map();
  const ofAnswer = new Array(answers).fill(0);
  for (const [word, row] of known) {
    const parts = triples(word);
    for (const [number, count] of row) ofAnswer[number] += count * parts.length;
    for (const triple of parts) {
      const list = holders.get(triple);
      if (list) list.push(row);
      else holders.set(triple, [row]);
    }
  }
  const made = new Map();
  const rowOf = (triple) => {
    if (!made.has(triple) && holders.has(triple)) made.set(triple, together(holders.get(triple)));
    return made.get(triple);
  };
  return { rowOf, size: holders.size, all: sum(ofAnswer), ofAnswer };
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
