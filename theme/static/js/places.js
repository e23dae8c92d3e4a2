// Where somebody is: a postcode, or a place, with a slip. Pure functions of the search's data and of what was typed.
import { oneSlip } from "./names.js";
import { words } from "./words.js";

const POSTCODE = /\b([a-z]{1,2}\d[a-z\d]?)\s*(?:(\d)\s*[a-z]{2})?\b/gi;
const WHOLE_POSTCODE = /^[a-z]{1,2}\d[a-z\d]?\s*\d\s*[a-z]{2}$/i;
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

/** The postcode in the words that is not in this force's area at all, or "". */
export function elsewhere(data, text) {
  if (area(data, text)) return "";
  const alone = text.trim();
  return WHOLE_POSTCODE.test(alone) || (alone.match(POSTCODE)?.[0] === alone && /\d/.test(alone)) ? alone.toUpperCase() : "";
}

/** Whether somebody typed a place or a postcode and nothing else: then nothing is known of what happened. */
export function onlyAPlace(data, text) {
  if (!text.replace(POSTCODE, "").trim()) return true;
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
    const place = places.find((name) => Math.min(name.length, said.length) >= SHORTEST_MISSPELT && oneSlip(said, name));
    if (place) return data.places[place];
  }
  return "";
}
