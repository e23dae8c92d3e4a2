// Where somebody is: a postcode, or a place, with a slip. Pure functions of the search's data and of what was typed.
import { slips } from "./names.js";
import { words } from "./words.js";

const POSTCODE = /\b([a-z]{1,2}\d[a-z\d]?)\s*(?:(\d)\s*[a-z]{2})?\b/gi;
// The letters with which postcodes begin (Royal Mail): AK47 is none.
const POSTCODE_AREAS = new Set(("AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS "
  + "HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY "
  + "TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE").split(" "));
const NEAR_ME = /\b(near|close to|around|by) (me|here)\b|\bnearby\b|\bmy (area|location)\b/i;
const LONGEST_PLACE = 4; // words
const SHORTEST_MISSPELT = 5; // letters: shorter words are too often other words
const ASKED_FROM = 10; // per cent of a code's postcodes: from here on the second area is asked for, below it is only offered
const ROADS = new Set(words("street road lane avenue drive close way")); // Bold Street is not the place called Bold

/** The area that the words name: {slug, said, other, asked}, or null. `other`: a second area that the code reaches into. A postcode counts more than a place. */
export function area(data, text) {
  for (const [said, outward, digit] of text.matchAll(POSTCODE)) {
    const shares = sharesOf(data, outward.toUpperCase(), digit);
    if (shares) return { slug: shares[0][0], said, other: shares[1]?.[0], asked: shares[1]?.[1] >= ASKED_FROM };
  }
  const list = words(text);
  const parts = spans(list);
  const slug = exactPlace(data, parts) || misspeltPlace(data, parts);
  return slug ? { slug, said: "" } : null;
}

function sharesOf(data, outward, digit) {
  return (digit && data.sectors[`${outward} ${digit}`]) || data.outward[outward];
}

/** Whether a text is a postcode, or the first half of one, and nothing else. */
function isPostcode(data, text) {
  const [found] = text.trim().matchAll(POSTCODE);
  if (found?.[0].length !== text.trim().length) return false;
  const outward = found[1].toUpperCase();
  return outward in data.outward || POSTCODE_AREAS.has(outward.match(/^[A-Z]+/)[0]);
}

/** The postcode that was typed, where it is not in this force's area at all, or "". */
export function elsewhere(data, text) {
  return isPostcode(data, text) && !area(data, text) ? text.trim().toUpperCase() : "";
}

/** Whether somebody typed a place or a postcode and nothing else: then nothing is known of what happened. */
export function onlyAPlace(data, text) {
  if (isPostcode(data, text)) return true;
  const list = words(text);
  const span = [list];
  return list.length <= LONGEST_PLACE && Boolean(exactPlace(data, span) || misspeltPlace(data, span));
}

/** Whether the words ask for what is near: this site does not know where somebody is. */
export function nearMe(text) {
  return NEAR_ME.test(text);
}

function spans(list) {
  const found = [];
  for (let length = Math.min(LONGEST_PLACE, list.length); length > 0; length--) {
    for (let at = 0; at + length <= list.length; at++) {
      if (!ROADS.has(list[at + length])) found.push(list.slice(at, at + length));
    }
  }
  return found;
}

function exactPlace(data, parts) {
  const said = parts.map((span) => span.join(" ")).find((name) => Object.hasOwn(data.places, name));
  return said && data.places[said];
}

/** A place that is one slip away, where the word means nothing else here. */
function misspeltPlace(data, parts) {
  const places = Object.keys(data.places);
  for (const span of parts) {
    const said = span.join(" ");
    if (said.length < SHORTEST_MISSPELT || span.every((word) => data.known.has(word))) continue;
    const place = places.find((name) => Math.min(name.length, said.length) >= SHORTEST_MISSPELT && slips(said, name, 1) <= 1);
    if (place) return data.places[place];
  }
  return "";
}
