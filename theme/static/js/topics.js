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

/** The table as it came ({answers, words, pairs}) made ready to rank by; `more`: the words of other languages, as another such table. */
export function ready({ answers, words: wordColumns, pairs }, more) {
  const rows = [new Map([...read(wordColumns), ...(more ? read(more.words) : [])]), read(pairs), new Map()];
  for (const [word, row] of rows[0]) {
    for (const triple of triples(word)) {
      let found = rows[2].get(triple);
      if (!found) rows[2].set(triple, found = new Map());
      for (const [number, count] of row) found.set(number, (found.get(number) || 0) + count);
    }
  }
  return { answers, kinds: rows.map((features) => counted(features, answers.length)) };
}

/** Two columns -> {feature: {number of the answer: count}}. A feature begins as the one above it does, for as many letters as its first sign says. */
function read([features, counts]) {
  const rows = new Map();
  if (!features) return rows;
  const columns = counts.split("\n");
  let feature = "";
  features.split("\n").forEach((line, at) => {
    feature = feature.slice(0, parseInt(line[0], 36)) + line.slice(1);
    const row = new Map();
    for (const [, letter, count] of columns[at].matchAll(/(\D)(\d*)/g)) row.set(numberOf(letter), Number(count || 1));
    rows.set(feature, row);
  });
  return rows;
}

function numberOf(letter) {
  const number = LETTERS.indexOf(letter);
  return number >= 0 ? number : LETTERS.length + letter.charCodeAt(0) - MORE_LETTERS;
}

function counted(rows, answers) {
  const ofAnswer = new Array(answers).fill(0);
  const totals = new Map();
  let all = 0;
  for (const [feature, row] of rows) {
    let total = 0;
    for (const [number, count] of row) {
      total += count;
      ofAnswer[number] += count;
    }
    totals.set(feature, total);
    all += total;
  }
  return { rows, totals, all, ofAnswer };
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
    const { rows, totals, all, ofAnswer } = kinds[kind];
    const times = new Map();
    for (const feature of found) if (rows.has(feature)) times.set(feature, (times.get(feature) || 0) + 1);
    const weights = [...times].map(([feature, count]) => [feature, (1 + Math.log(count)) * Math.sqrt(Math.log(1 + all / totals.get(feature)))]);
    const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0));
    known ||= weights.length > 0;
    for (const [feature, weight] of weights) {
      const row = rows.get(feature);
      for (let number = 0; number < scores.length; number++) {
        const share = -Math.log((totals.get(feature) - (row.get(number) || 0) + 1) / (all - ofAnswer[number] + rows.size));
        scores[number] += (COUNTS[kind] * weight / length) * share;
      }
    }
  });
  if (!known) return [];
  const list = answers.map((answer, number) => [answer, Math.round((scores[number] - (discounts[answer] || 0)) * 1e6) / 1e6]);
  return list.sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
}
