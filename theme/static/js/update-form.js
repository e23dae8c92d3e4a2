// Makes a form of the schema, filled with an entry, and reads the entry back from it. What is not touched is given back as it was.
import { FROM } from "./update-changes.js";
import { HINTS, hintOf } from "./update-hints.js";
import { listOf, resolved } from "./update-problems.js";
import { element } from "./results.js";

// What only editors write, and what is known from the place where it stands. It stays in the file as it is.
const NOT_SHOWN = new Set(["editor_note", "maintainers", "website_checked", "confirmed_with_provider", "crisis_line"]);
const ONLY_AT_THE_TOP = new Set(["checked"]);
const ONLY_WHEN_NEW = new Set(["slug"]);
const WORDS = { all: "Any crime", "force-wide": "The whole area of this directory", national: "The whole country", "": "Not said" };
const LONG = 160; // characters: a field that may hold more has room for several lines
const ON_ONE_LINE = new Set(["value", "website"]);
const ONE = { services: "service", contacts: "contact", weekly: "line of times", commissioned: "funder" };

let made = 0;

/**
 * A form for an entry -> {element, read()}. `here`: {schema, choices, isNew, changed: told of what came or went}.
 * read() gives {data, controls: a Map from a path to the id of its control}.
 */
export function form(schema, entry, here) {
  const root = fields(schema, entry, { ...here, path: [] });
  return {
    element: element("div", { class: "fields" }, ...root.elements),
    read: () => {
      const controls = new Map();
      return { data: root.read([], controls), controls };
    },
  };
}

function isShown(name, { path, isNew }) {
  if (NOT_SHOWN.has(name) || (ONLY_AT_THE_TOP.has(name) && path.length)) return false;
  if (name === "note" && path[path.length - 1] === "checked") return false;
  return !ONLY_WHEN_NEW.has(name) || isNew;
}

/** The fields of an object -> {elements, read(path, controls)}. */
function fields(schema, data, here) {
  const shown = Object.keys(schema.properties).filter((name) => isShown(name, here));
  const all = shown.map((name) => {
    const field = resolved(here.schema, schema.properties[name]);
    return [name, control(name, field, data?.[name], { ...here, path: [...here.path, name], isRequired: (schema.required || []).includes(name) })];
  });
  return {
    elements: all.map(([, one]) => one.element),
    named: Object.fromEntries(all),
    read: (path, controls) => {
      const now = new Map(all.map(([name, one]) => [name, one.read([...path, name], controls)]));
      const order = [...new Set([...Object.keys(data || {}), ...(data ? [] : Object.keys(schema.properties)), ...shown])];
      const read = Object.fromEntries(order.map((name) => [name, now.has(name) ? now.get(name) : data?.[name]]).filter(([, value]) => value !== undefined));
      return Object.keys(read).length ? read : undefined;
    },
  };
}

function control(name, field, value, here) {
  const list = listOf(field);
  if (field.type === "object") return group(name, field, value, here);
  if (list && resolved(here.schema, list.items).type === "object") return rows(name, field, value, here);
  if (list && (field.anyOf || resolved(here.schema, list.items).enum)) return ticks(name, field, value, here);
  if (list) return lines(name, field, value, here);
  if (field.enum) return select(name, field, value, here);
  return field.type === "boolean" ? tick(name, field, value, here) : line(name, field, value, here);
}

function newId() {
  made += 1;
  return `field-${made}`;
}

/** A label, a hint and a place for what is wrong, around a control. */
function labelled(name, field, input, here) {
  const { id } = input;
  const hint = hintOf(name, field);
  input.setAttribute("aria-describedby", hint ? `${id}-hint ${id}-wrong` : `${id}-wrong`);
  if (here.isRequired) input.setAttribute("aria-required", "true");
  return element("div", { class: "field" },
    element("label", { for: id, text: field.title + (here.isRequired ? "" : " (if you know)") }),
    hint && element("p", { class: "hint soft", id: `${id}-hint`, text: hint }),
    element("p", { class: "wrong", id: `${id}-wrong`, hidden: "" }), input);
}

function noted(id, path, controls) {
  controls.set(path.join("/"), id);
}

function clean(text) {
  return text.split(/\s+/).filter(Boolean).join(" ");
}

function line(name, field, value, here) {
  const isLong = (field.maxLength || 0) > LONG && !ON_ONE_LINE.has(name);
  const kind = isLong ? { rows: 3, spellcheck: "true" } : { type: "text", spellcheck: "false" };
  const input = element(isLong ? "textarea" : "input", { id: newId(), "data-key": name, autocomplete: "off", autocapitalize: "off", ...kind });
  input.value = value ?? "";
  const shown = input.value;
  return {
    element: labelled(name, field, input, here), input,
    read: (path, controls) => {
      noted(input.id, path, controls);
      return input.value === shown ? value : clean(input.value) || undefined;
    },
  };
}

function select(name, field, value, here) {
  const options = here.isRequired && value !== undefined ? field.enum : ["", ...field.enum];
  const input = element("select", { id: newId(), "data-key": name, autocomplete: "off" }, ...options.map((word) => (
    element("option", { value: word, text: word === "" && here.isRequired ? "Choose one" : worded(word) }))));
  input.value = value ?? "";
  return {
    element: labelled(name, field, input, here), input,
    read: (path, controls) => {
      noted(input.id, path, controls);
      return input.value || undefined;
    },
  };
}

/** A word of the schema as a reader sees it: bsl_video -> BSL video. */
function worded(word) {
  const text = (WORDS[word] ?? word).replace(/[_-]/g, " ").replace(/\bbsl\b/, "BSL").replace(/\blgbt\b/, "LGBT");
  return text[0].toUpperCase() + text.slice(1);
}

function tick(name, field, value) {
  const input = element("input", { type: "checkbox", id: newId(), "data-key": name, autocomplete: "off" });
  input.checked = value === true;
  const hint = hintOf(name, field);
  const text = hint ? `${field.title}: ${hint[0].toLowerCase()}${hint.slice(1)}` : field.title;
  return {
    element: element("div", { class: "field" }, element("label", { class: "tick" }, input, element("span", { text }))), input,
    read: (path, controls) => {
      noted(input.id, path, controls);
      if (input.checked) return true;
      return value === false ? false : undefined;
    },
  };
}

/** Words of which several can be ticked; where the schema has a word instead of a list ("all"), it is ticked in their place. */
function ticks(name, field, value, here) {
  const list = listOf(field);
  const words = (field.anyOf || []).flatMap((choice) => choice.enum || (choice.const ? [choice.const] : []));
  const items = resolved(here.schema, list.items).enum?.map((word) => [word, worded(word)]) || here.choices[name] || [];
  const options = [...words.map((word) => [word, worded(word)]), ...items].map(([word, text]) => {
    const input = element("input", { type: "checkbox", id: newId(), value: word, "data-key": name, autocomplete: "off" });
    input.checked = value === word || (Array.isArray(value) && value.includes(word));
    return { word, input, label: element("label", { class: "tick" }, input, element("span", { text })) };
  });
  const isWord = ({ word }) => words.includes(word);
  for (const option of options) {
    option.input.addEventListener("change", () => { // a word stands alone
      if (option.input.checked) for (const other of options) if (other !== option && (isWord(option) || isWord(other))) other.input.checked = false;
    });
  }
  const id = options[0].input.id;
  const hint = hintOf(name, field);
  const box = element("fieldset", { class: "field", "aria-describedby": `${id}-wrong` },
    element("legend", { text: field.title + (here.isRequired ? "" : " (if you know)") }), hint && element("p", { class: "hint soft", text: hint }),
    element("p", { class: "wrong", id: `${id}-wrong`, hidden: "" }), element("div", { class: "many" }, ...options.map(({ label }) => label)));
  return {
    element: box, input: options[0].input,
    read: (path, controls) => {
      noted(id, path, controls);
      const chosen = options.filter(({ input }) => input.checked).map(({ word }) => word);
      const word = chosen.find((one) => words.includes(one));
      const before = Array.isArray(value) ? value : [];
      const known = new Set(options.map((option) => option.word));
      const kept = before.filter((one) => chosen.includes(one) || !known.has(one));
      const now = [...kept, ...chosen.filter((one) => !before.includes(one))];
      return word ?? (now.length ? now : undefined);
    },
  };
}

/** A list of texts, one on each line. */
function lines(name, field, value, here) {
  const input = element("textarea", { id: newId(), rows: Math.max(2, (value || []).length + 1), "data-key": name, autocomplete: "off", spellcheck: "false" });
  input.value = (value || []).join("\n");
  const shown = input.value;
  const hint = hintOf(name, field);
  const withHint = { ...field, description: /line/.test(hint) ? hint : `${hint} One on each line.` };
  return {
    element: labelled(HINTS[name] === undefined ? name : "", withHint, input, here), input,
    read: (path, controls) => {
      noted(input.id, path, controls);
      const now = input.value === shown ? value : input.value.split("\n").map(clean).filter(Boolean);
      now?.forEach((_, at) => noted(input.id, [...path, at], controls));
      return now?.length ? now : undefined;
    },
  };
}

function group(name, field, value, here) {
  const inner = fields(field, value, here);
  const id = newId();
  const hint = hintOf(name, field);
  const body = [hint && element("p", { class: "hint soft", text: hint }), element("p", { class: "wrong", id: `${id}-wrong`, hidden: "" }), ...inner.elements];
  const box = here.isRequired
    ? element("fieldset", { class: "part", id, tabindex: "-1" }, element("legend", { text: field.title }), ...body)
    : element("details", { class: "part", id, tabindex: "-1" }, element("summary", { text: field.title + (value ? "" : " (nothing yet)") }), ...body);
  return {
    element: box,
    read: (path, controls) => {
      noted(id, path, controls);
      return inner.read(path, controls);
    },
  };
}

/** A list of objects: each a part of its own, which can be taken away, and a button that adds one. */
function rows(name, field, value, here) {
  const items = [];
  const one = ONE[name] || field.title.toLowerCase();
  const itemSchema = resolved(here.schema, listOf(field).items);
  const list = element("div", { class: "rows-of-parts" });
  const id = newId();
  const add = element("button", { type: "button", class: "btn", id, "data-add": name, text: `Add a ${one}` });
  const number = () => items.forEach((item, at) => item.name(at));
  const addRow = (data, from) => {
    const path = [...here.path, items.length];
    const isNew = from === undefined;
    const inner = fields(itemSchema, data, { ...here, path, isNew });
    const legend = element("legend", { tabindex: "-1" });
    const remove = element("button", { type: "button", class: "btn", "data-remove": name });
    const partId = newId();
    const box = element("fieldset", { class: `part ${name}`, id: partId, tabindex: "-1" }, legend,
      element("p", { class: "wrong", id: `${partId}-wrong`, hidden: "" }), ...inner.elements, element("p", { class: "doing" }, remove));
    const item = {
      box, inner, from, id: partId,
      name: (at) => {
        const title = name === "services" ? data?.name || "New service" : `${one[0].toUpperCase()}${one.slice(1)} ${at + 1}`;
        legend.textContent = title;
        remove.textContent = `Take away ${name === "services" ? "this service: " + title : title.toLowerCase()}`;
      },
    };
    remove.addEventListener("click", () => {
      const at = items.indexOf(item);
      const said = legend.textContent;
      items.splice(at, 1);
      box.remove();
      number();
      (items[Math.min(at, items.length - 1)]?.box.querySelector("legend") || add).focus();
      here.changed(`${said} is taken away.`);
    });
    if (name === "services") keepSecret(item);
    items.push(item);
    list.append(box);
    number();
    return item;
  };
  (value || []).forEach((data, from) => addRow(data, from));
  add.addEventListener("click", () => {
    const { box } = addRow(undefined, undefined);
    box.querySelector("input, select, textarea").focus();
    here.changed(`A ${one} is added.`);
    box.dispatchEvent(new Event("added", { bubbles: true }));
  });
  const hint = hintOf(name, field);
  return {
    element: element("div", { class: "field" }, element("p", { class: "title", text: field.title }), hint && element("p", { class: "hint soft", text: hint }),
      element("p", { class: "wrong", id: `${id}-wrong`, hidden: "" }), list, add),
    read: (path, controls) => {
      noted(id, path, controls);
      const now = [];
      for (const item of items) {
        const at = now.length;
        const data = item.inner.read([...path, at], controls) ?? {};
        noted(item.id, [...path, at], controls);
        if (!isSecretAddress(name, data, list)) now.push(item.from === undefined ? data : Object.assign(data, { [FROM]: item.from }));
      }
      return now.length ? now : undefined;
    },
  };
}

/** An address has no place in a service whose location is confidential: its field is not there, and it is left out. */
function keepSecret({ box, inner }) {
  const secret = inner.named.confidential_location.input;
  const why = element("p", { class: "hint", "data-why": "",
    text: "This place is confidential, so no address can be typed here. Do not write it in any other field either." });
  box.querySelector(".field .rows-of-parts")?.before(why);
  const show = () => {
    box.dataset.secret = String(secret.checked);
    why.hidden = !secret.checked;
    for (const type of box.querySelectorAll("select[data-key=type]")) {
      const option = type.querySelector("option[value=address]");
      option.disabled = secret.checked;
      option.hidden = secret.checked;
      for (const field of type.closest("fieldset").querySelectorAll(".field")) {
        if (!field.contains(type)) field.hidden = secret.checked && type.value === "address";
      }
    }
  };
  box.addEventListener("change", show);
  box.addEventListener("added", show);
  show();
}

function isSecretAddress(name, data, list) {
  return name === "contacts" && data.type === "address" && list.closest("[data-secret]")?.dataset.secret === "true";
}
