// Which answer somebody's words are about. The table was learned from the editors' phrases; plugins/support_directory/topics.py
// made it, says how it works, and weighs in the same way.
import { words } from "./words.js";

const COUNTS = [2, 1, 2];
const NUMBERS = new Set(["999", "101", "112"]);
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The words, pairs of neighbours and triples of letters of a text. */
export function features(text, shortForms) {
  const list = words(text, shortForms).filter((word) => !/^\p{Nd}+$/u.test(word) || NUMBERS.has(word));
  return [list, list.slice(1).map((word, at) => `${list[at]} ${word}`), list.flatMap(triples)];
}

function triples(word) {
  const marked = [..."^", ...word, "$"];
  return marked.slice(2).map((letter, at) => marked[at] + marked[at + 1] + letter);
}

/** Two tables of the same answers as one: what another language adds. */
export function together(one, other) {
  return { ...one, words: [one.words, other.words].filter(Boolean).join("\n") };
}

/** The table as it came ({answers, words, pairs}) made ready to rank by. */
export function ready({ answers, words: wordLines, pairs: pairLines }) {
  const rows = [read(wordLines), read(pairLines), new Map()];
  for (const [word, row] of rows[0]) {
    for (const triple of triples(word)) {
      let found = rows[2].get(triple);
      if (!found) rows[2].set(triple, found = new Map());
      for (const [number, count] of row) found.set(number, (found.get(number) || 0) + count);
    }
  }
  return { answers, kinds: rows.map((features) => counted(features, answers.length)) };
}

function read(lines) {
  const rows = new Map();
  for (const line of lines ? lines.split("\n") : []) {
    const [feature, counts] = line.split("\t");
    const row = new Map();
    for (const [, letter, count] of counts.matchAll(/([a-zA-Z])(\d*)/g)) row.set(LETTERS.indexOf(letter), Number(count || 1));
    rows.set(feature, row);
  }
  return rows;
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
