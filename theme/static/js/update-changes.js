// What differs between an entry and what somebody made of it: as changes to carry out, and in words.
import { same } from "./update-text.js";

/** Where an item of a list stood before; items that are new have none. JSON does not show it. */
export const FROM = Symbol("the item's position in the file");

/** Old and new data -> [{path, old, value}]. Positions are those of the old entry; new items are counted on from its last; undefined stands for nothing. */
export function changes(old, value, path = []) {
  if (same(old, value)) return [];
  if (isObject(old) && isObject(value)) {
    return [...new Set([...Object.keys(old), ...Object.keys(value)])].flatMap((key) => changes(old[key], value[key], [...path, key]));
  }
  if (!Array.isArray(old) || !Array.isArray(value)) return [{ path, old, value }];
  const pairs = value.map((item) => [isObject(item) ? item[FROM] ?? -1 : old.indexOf(item), item]);
  const kept = old.map((item, at) => [item, pairs.find(([from]) => from === at)?.[1]]);
  const added = pairs.filter(([from]) => from < 0).map(([, item], at) => ({ path: [...path, old.length + at], old: undefined, value: item }));
  return [...kept.flatMap(([item, now], at) => changes(item, now, [...path, at])), ...added];
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The order in which changes can be carried out one after the other: what is taken away goes last, from the end, so that no position moves too early. */
export function inOrder(found) {
  const goes = ({ value }) => value === undefined;
  return [...found.filter((change) => !goes(change)), ...found.filter(goes).reverse()];
}

/** A change as one line: services helpline > contacts 1 > value: "0800 1" becomes "0800 2". */
export function inWords({ path, old, value }, entry) {
  return `${pathInWords(path, entry, value)}: ${shown(old)} becomes ${shown(value)}`;
}

function pathInWords(path, entry, value) {
  const words = [];
  path.forEach((part, at) => {
    if (typeof part !== "number") words.push(part);
    else words[words.length - 1] += ` ${path[at - 1] === "services" && at === 1 ? entry.services?.[part]?.slug ?? value.slug : part + 1}`;
  });
  return words.join(" > ");
}

function shown(value) {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
