// Changes one value in the text of a YAML file, and nothing else in it: comments, order and quotation marks stay as they are.
// Each new text is read again, and is given only where it says exactly what was meant.

const SPECIAL = /^(true|false|yes|no|on|off|y|n|null|~)$|^[-+]?(0[xo])?[0-9][0-9_.,:]*(e[-+]?[0-9]+)?$/i; // what other programs would not read as text
const PLAIN = /^[\p{L}\p{N}(£][^\n\r]*$/u;
const ON_ONE_LINE = new Set(["days"]); // lists that our files write as [monday, tuesday]

// ---- reading

/** Text -> {data, root} or null where it is no entry. Every value is text, but for a plain true or false: as load.py reads it. */
export function parsed(yaml, text) {
  const made = yaml.parseDocument(text, { schema: "failsafe" });
  if (made.errors.length || made.warnings.length || !yaml.isMap(made.contents)) return null;
  try {
    return { data: dataOf(yaml, made.contents), root: made.contents };
  } catch {
    return null;
  }
}

function dataOf(yaml, node) {
  if (node?.tag || node?.anchor || yaml.isAlias(node)) throw new TypeError("a sign with a special meaning");
  if (yaml.isMap(node)) return Object.fromEntries(node.items.map(({ key, value }) => [String(key.value), dataOf(yaml, value)]));
  if (yaml.isSeq(node)) return node.items.map((item) => dataOf(yaml, item));
  const value = String(node?.value ?? "");
  return node?.type === "PLAIN" && (value === "true" || value === "false") ? value === "true" : value;
}

/** Whether two pieces of data say the same; the order of fields does not count. */
export function same(one, other) {
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return one === other;
  const keys = Object.keys(one);
  const isAlike = Array.isArray(one) === Array.isArray(other) && keys.length === Object.keys(other).length;
  return isAlike && keys.every((key) => key in other && same(one[key], other[key]));
}

// ---- changing

/**
 * The text with one value changed, or null where that cannot be done safely.
 * `path`: keys and positions; `value`: undefined takes the field or the item away; `order(path)`: the fields of the object there, in the schema's order.
 */
export function changed(yaml, text, path, value, order) {
  const before = parsed(yaml, text);
  if (!before) return null;
  const meant = withValue(before.data, path, value);
  for (const candidate of candidates(yaml, text, before, path, value, order)) {
    const after = candidate !== null && parsed(yaml, candidate);
    if (after && same(after.data, meant)) return candidate;
  }
  return null;
}

function withValue(data, [key, ...rest], value) {
  const copy = Array.isArray(data) ? [...data] : { ...data };
  if (rest.length) copy[key] = withValue(data[key], rest, value);
  else if (value !== undefined) copy[key] = value;
  else if (Array.isArray(copy)) copy.splice(key, 1);
  else delete copy[key];
  return copy;
}

function* candidates(yaml, text, { data, root }, path, value, order) {
  const last = path[path.length - 1];
  const parent = path.slice(0, -1).reduce((node, key) => (yaml.isMap(node) ? pairOf(node, key)?.value : node.items[key]), root);
  const old = path.reduce((found, key) => found?.[key], data);
  const here = { yaml, text, eol: text.includes("\r\n") ? "\r\n" : "\n" };
  const node = yaml.isMap(parent) ? pairOf(parent, last)?.value : parent.items[last];
  if (value === undefined) yield yaml.isMap(parent) ? withoutPair(here, parent, last) : withoutItem(here, parent, last);
  else if (old === undefined) yield* yaml.isMap(parent) ? withPair(here, parent, last, value, order(path.slice(0, -1))) : withItem(here, parent, value);
  else if (typeof value !== "object" && typeof old !== "object") yield* withScalar(here, node, old, value, parent.flow);
  else if (yaml.isMap(parent)) yield withOtherValue(here, parent, last, value);
}

function pairOf(map, name) {
  return map.items.find(({ key }) => String(key.value) === name);
}

/** A value in place of another, written as the old one was where that can be. */
function* withScalar({ text }, node, old, value, inFlow) {
  if (!node?.range) return;
  const [start, end] = node.range;
  const source = text.slice(start, end);
  const put = (written) => text.slice(0, start) + written + text.slice(end);
  if (typeof value === "string" && typeof old === "string" && source.includes("\n")) {
    const spliced = splicedLines(source, old, value);
    if (spliced !== null) yield put(spliced);
  }
  const after = source.endsWith("\n") ? "\n" : ""; // the line break that ends a text of several lines
  for (const written of scalars(value, node.type, SPECIAL.test(old) && node.type === "PLAIN", inFlow)) yield put(written + after);
}

/** The ways to write a value, the best first. `type`: how the old one was written; `bare`: without quotation marks, though it looks like a number. */
function* scalars(value, type, bare, inFlow) {
  if (typeof value === "boolean") {
    yield String(value);
    return;
  }
  if (type === "QUOTE_SINGLE") yield `'${value.replaceAll("'", "''")}'`;
  const plain = PLAIN.test(value) && !/: |:$| #|\s$|\s{2}/.test(value) && !(inFlow && /[,[\]{}]/.test(value)) && (bare || !SPECIAL.test(value));
  if (plain && type !== "QUOTE_DOUBLE") yield value;
  yield JSON.stringify(value);
}

/** A text of several lines with only that part changed that is other: the lines around it stay as they are. Null where lines and text do not match. */
function splicedLines(source, old, value) {
  const places = placesIn(source, old);
  if (!places) return null;
  let start = 0;
  while (start < Math.min(old.length, value.length) && old[start] === value[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, value.length) - start && old[old.length - 1 - end] === value[value.length - 1 - end]) end += 1;
  const middle = value.slice(start, value.length - end);
  return middle.includes("\n") ? null : source.slice(0, places[start]) + middle + source.slice(places[old.length - end]);
}

/** For each character of a text, and for its end: where it stands in the lines of the file. */
function placesIn(source, old) {
  const block = /^[|>]/.test(source);
  let at = block ? source.indexOf("\n") + 1 : /^["']/.test(source) ? 1 : 0;
  const pastIndent = (place) => place + /^ */.exec(source.slice(place))[0].length;
  if (block) at = pastIndent(at);
  const places = [];
  for (const character of old) {
    for (let unit = 0; unit < character.length; unit += 1) places.push(at + unit);
    const lineBreak = /^\r?\n/.exec(source.slice(at));
    if (lineBreak && (character === " " || character === "\n")) at = pastIndent(at + lineBreak[0].length);
    else if (source.startsWith(character, at)) at += character.length;
    else return null;
  }
  return [...places, at];
}

/** A field of an object with a value of another kind, such as a word in place of a list. */
function withOtherValue(here, map, name, value) {
  const { text, eol } = here;
  if (map.flow) return null;
  const { key, value: old } = pairOf(map, name);
  const lines = written(name, value, columnOf(text, key.range[0]));
  return text.slice(0, key.range[0]) + lines.join(eol) + text.slice(endOf(here, old ?? key));
}

/** A new field, below the one that comes before it in the schema. */
function* withPair(here, map, name, value, names) {
  const { text, eol } = here;
  if (map.flow || !map.items.length) return;
  const indent = columnOf(text, map.items[0].key.range[0]);
  const lines = written(name, value, indent);
  const before = map.items.filter(({ key }) => names.includes(String(key.value)) && names.indexOf(String(key.value)) < names.indexOf(name)).pop();
  if (before) yield withLines(here, endOf(here, before.value ?? before.key), " ".repeat(indent) + lines.join(eol));
  else {
    const first = map.items[0].key.range[0];
    yield text.slice(0, first) + lines.join(eol) + eol + " ".repeat(indent) + text.slice(first);
  }
}

/** A new item at the end of a list. */
function* withItem(here, list, value) {
  const { text, eol } = here;
  const last = list.items[list.items.length - 1];
  if (!last) return;
  if (list.flow) {
    for (const item of scalars(value, last.type, false, true)) yield `${text.slice(0, last.range[1])}, ${item}${text.slice(last.range[1])}`;
    return;
  }
  const indent = columnOf(text, dashOf(text, last));
  yield withLines(here, endOf(here, last), " ".repeat(indent) + itemWritten(value, indent).join(eol));
}

function withoutPair(here, map, name) {
  const { text } = here;
  const at = map.items.findIndex(({ key }) => String(key.value) === name);
  if (map.flow || map.items.length < 2) return null;
  const { key, value } = map.items[at];
  const start = key.range[0];
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  if (at === 0 && text.slice(lineStart, start).trim()) return text.slice(0, start) + text.slice(map.items[1].key.range[0]); // it stands behind a hyphen
  return text.slice(0, lineStart) + text.slice(lineEnd(text, endOf(here, value ?? key)));
}

function withoutItem(here, list, at) {
  const { text } = here;
  const item = list.items[at];
  if (list.items.length < 2) return null;
  if (list.flow) {
    return at ? text.slice(0, list.items[at - 1].range[1]) + text.slice(item.range[1]) : text.slice(0, item.range[0]) + text.slice(list.items[1].range[0]);
  }
  return text.slice(0, text.lastIndexOf("\n", dashOf(text, item)) + 1) + text.slice(lineEnd(text, endOf(here, item)));
}

// ---- where things stand

function columnOf(text, at) {
  return at - text.lastIndexOf("\n", at - 1) - 1;
}

function dashOf(text, item) {
  return text.lastIndexOf("-", startOf(item) - 1);
}

function startOf(node) {
  return node.items && !node.flow && node.items[0]?.key ? node.items[0].key.range[0] : node.range[0];
}

/** Where the last word of a value ends, whatever it is made of. */
function endOf({ yaml, text }, node) {
  if (!node.flow && node.items?.length) {
    const last = node.items[node.items.length - 1];
    return endOf({ yaml, text }, yaml.isPair(last) ? last.value ?? last.key : last);
  }
  let end = node.range[1];
  while (/\s/.test(text[end - 1])) end -= 1;
  return end;
}

/** Where the next line begins. */
function lineEnd(text, at) {
  const lineBreak = text.indexOf("\n", at);
  return lineBreak < 0 ? text.length : lineBreak + 1;
}

function withLines({ text, eol }, after, lines) {
  const at = lineEnd(text, after);
  return (at === text.length && !text.endsWith("\n") ? text + eol : text.slice(0, at)) + lines + eol + text.slice(at);
}

// ---- writing anew

/** A field and its value -> lines; the first has no indent. */
function written(name, value, indent) {
  if (typeof value !== "object") return [`${name}: ${scalar(value)}`];
  if (Array.isArray(value)) {
    if (ON_ONE_LINE.has(name)) return [`${name}: [${value.map((item) => scalars(item, "", false, true).next().value).join(", ")}]`];
    return [`${name}:`, ...value.flatMap((item) => indented(itemWritten(item, indent + 2), indent + 2))];
  }
  return [`${name}:`, ...Object.entries(value).flatMap(([key, inner]) => indented(written(key, inner, indent + 2), indent + 2))];
}

function itemWritten(item, indent) {
  if (typeof item !== "object") return [`- ${scalar(item)}`];
  const [first, ...rest] = Object.entries(item).flatMap(([key, inner], at) => {
    const lines = written(key, inner, indent + 2);
    return at ? indented(lines, indent + 2) : lines;
  });
  return [`- ${first}`, ...rest];
}

function indented([first, ...rest], indent) {
  return [" ".repeat(indent) + first, ...rest];
}

function scalar(value) {
  return scalars(value, "", false, false).next().value;
}

/** A whole new file, or null where it would not be read as it was meant. */
export function newFile(yaml, data) {
  const text = `${Object.entries(data).flatMap(([name, value]) => written(name, value, 0)).join("\n")}\n`;
  const after = parsed(yaml, text);
  return after && same(after.data, data) ? text : null;
}
