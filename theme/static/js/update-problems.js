// What is wrong with a value, in the words of problems.py: [what was found, what would be right], or null.
// contacts.py knows more (lists of mail services, which numbers are in use). What is refused here is refused there; tests/cases/contact-values.json holds both.

import { hintOf } from "./update-hints.js";

const NUMBER_TYPES = new Set(["phone", "text", "textphone", "whatsapp"]);
const WEB_TYPES = new Set(["bsl_video", "web_chat", "web_form"]);
const SHORT_NUMBERS = new Set(["999", "112", "101", "105", "111", "119", "159", "18000", "116123", "116000", "116111", "08001111"]);
const SHORT_CODE = /^([678][0-9]{4}|7726)$/;
const PREMIUM = /^((09|084|087|070)[0-9]{7,9}|118[0-9]{3})$/;
const MADE_UP = /0?1234567|([0-9])\1{6}/;
const FULL_NUMBER = /^0(1[0-9]{8,9}|[23][0-9]{9}|7[1-9][0-9]{8}|800[0-9]{6,7}|808[0-9]{7}|5[56][0-9]{8}|500[0-9]{6})$/;
const NUMBERS_INSIDE = /(?:^|[^0-9])(?:\+44|0)[0-9 ()-]{8,14}[0-9]/g; // older phones know no look behind
const EMAIL_NAME = /^[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*$/;
const HOST_PART = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const ODD_IN_WEB = /[^\x21-\x7e]|[\\"<>^`{|}]/;
const POSTCODE = /\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9](?!st\b|nd\b|rd\b|th\b)[ABD-HJLNP-UW-Z]{2}\b/i;
const LONGEST_SHOWN = 60;
const NUMBER_FIX = "Type the number with digits and single spaces only, beginning with 0 and not with +44. Example: 0808 175 3080.";
const EMAIL_FIX = "Type one e-mail address and nothing else. Example: help@example.org.";
const WEB_FIX = "Open the page and copy its address from the top of the browser. It must begin with https://. Example: https://www.example.org/chat.";
const PLACE = ["A service here has a confidential location, and this may tell where it is.",
  "Delete the place: no address, postcode, street or map may stand anywhere in the entry."];

function cut(text) {
  const plain = text.split(/\s+/).filter(Boolean).join(" ");
  return plain.length > LONGEST_SHOWN ? `${plain.slice(0, LONGEST_SHOWN)}...` : plain;
}

/** What is wrong with the value of a contact of this type. */
export function contactProblem(kind, typed) {
  const fault = NUMBER_TYPES.has(kind) ? numberFault(kind, typed) : WEB_TYPES.has(kind) ? webFault(typed) : kind === "email" ? emailFault(typed) : null;
  if (!fault) return null;
  if (NUMBER_TYPES.has(kind) && PREMIUM.test(digitsMeant(kind, typed))) {
    return [`"${cut(typed)}" is a number that costs extra to ring.`, "Find a freephone or normal number for this service."];
  }
  return [`"${cut(typed)}" ${fault}.`, NUMBER_TYPES.has(kind) ? NUMBER_FIX : kind === "email" ? EMAIL_FIX : WEB_FIX];
}

/** What is wrong with a web address outside contacts. */
export function webProblem(typed) {
  const fault = webFault(typed);
  return fault && [`"${cut(typed)}" ${fault}.`, WEB_FIX];
}

function subscriber(kind, typed) {
  const digits = typed.replaceAll(" ", "");
  return kind === "textphone" ? digits.replace(/^18001/, "") : digits;
}

function digitsMeant(kind, typed) {
  return subscriber(kind, typed.replace(/^\D*(\+|00) ?44[ -]?(\(0\)|0)?[ -]?/, "0").replace(/[^0-9]/g, ""));
}

function numberFault(kind, typed) {
  const odd = /[^0-9 ]/u.exec(typed);
  if (odd && !/[0-9].?[0-9].?[0-9]/.test(typed)) return "is no telephone number";
  if (odd && (typed.match(NUMBERS_INSIDE) || []).length > 1) return "holds two numbers; give each a contact of its own";
  if (odd && /[A-Za-z]{3}/.test(typed.replace(/[Oo]/g, "0").replace(/[Il]/g, "1"))) return "holds words beside the number; they belong into the contact's note";
  if (odd) return `holds "${odd[0]}", which is neither a digit nor a space`;
  if (typed !== typed.trim()) return "begins or ends with a space";
  if (typed.includes("  ")) return "has two spaces in a row";
  const digits = subscriber(kind, typed);
  if (SHORT_NUMBERS.has(digits) && (kind === "phone" || kind === "textphone")) return null;
  if (kind === "text" && (SHORT_CODE.test(digits) || digits === "999")) return null;
  if (PREMIUM.test(digits)) return "costs extra";
  if (MADE_UP.test(digits)) return "looks made up";
  if (kind === "text" && /^080[08]/.test(digits)) return "is a number to ring, which takes no text messages";
  return FULL_NUMBER.test(digits) ? null : "is not a full telephone number of the United Kingdom";
}

function emailFault(typed) {
  if (/\s/.test(typed)) return "holds a space";
  const [name, host, ...more] = typed.split("@");
  if (host === undefined || more.length) return 'must have one "@", and no more';
  if (typed.length > 254 || name.length > 64) return "is too long for an e-mail address";
  if (!EMAIL_NAME.test(name)) return 'has something before the "@" that cannot be right';
  const fault = hostFault(host.toLowerCase());
  return fault && `${fault} after the "@"`;
}

function webFault(typed) {
  if (/\s/.test(typed)) return "holds a space";
  if (!typed.startsWith("https://")) return "does not begin with https://";
  const rest = typed.slice("https://".length);
  const host = rest.split(/[/?#]/)[0];
  if (/^https?:/i.test(rest)) return "holds https:// twice";
  const odd = ODD_IN_WEB.exec(typed);
  if (odd) return `holds "${odd[0]}", which no web address may hold`;
  if (host.includes("@")) return 'holds a user\'s name (what stands before the "@")';
  if (/:[0-9]*$/.test(host) && !host.endsWith("]")) return "holds a port (the number after the colon)";
  if (host !== host.toLowerCase()) return "has capital letters in its name";
  return hostFault(host);
}

function hostFault(host) {
  const parts = host.split(".");
  const ending = parts[parts.length - 1];
  if (/[[:]/.test(host) || /^[0-9.]+$/.test(host) || /^(0x[0-9a-f]*|[0-9]+)$/.test(ending)) return "has numbers where a name belongs";
  if (parts.length < 2 || (parts[0] === "www" && parts.length === 2)) return "has no ending such as .org or .uk";
  if (parts.some((part) => part.startsWith("xn--")) || /[^\x00-\x7f]/.test(host)) return "has letters that look like others";
  return host.length > 253 || !parts.every((part) => HOST_PART.test(part)) || !/^[a-z]{2,}$/.test(ending) ? "has a name that cannot be right" : null;
}

// ---- the whole entry

/** Every problem of an entry -> [{path, says, fix}], one for each field. `validator`: of the schema. */
export function problems(entry, schema, validator) {
  const found = [...beyondTheSchema(entry), ...validator.validate(entry).errors.flatMap((error) => ofTheSchema(error, entry, schema) || [])];
  const seen = new Set();
  return found.filter(({ path }) => !seen.has(path.join("/")) && seen.add(path.join("/")));
}

function ofTheSchema({ instanceLocation, keyword, keywordLocation }, entry, schema) {
  const path = instanceLocation.split("/").slice(1).map((part) => (/^[0-9]+$/.test(part) ? Number(part) : part));
  const value = path.reduce((data, key) => data?.[key], entry);
  const field = fieldAt(schema, path);
  const says = typeof value === "string" ? `Found "${cut(value)}".` : "Found something that does not belong here.";
  if (keyword === "required") {
    return field.required.filter((name) => !(name in value)).map((name) => (
      { path: [...path, name], says: "This must be filled in.", fix: hintOf(name, fieldAt(schema, [...path, name])) }));
  }
  const hint = hintOf(path[path.length - 1], field || {});
  if (keyword === "minItems") return { path, says: "Nothing is chosen.", fix: hint };
  if (keyword === "maxLength") return { path, says: `The text has ${value.length} characters.`, fix: `Shorten it to ${field.maxLength} characters at most.` };
  if (keyword === "uniqueItems") return { path, says: "The same thing stands here twice.", fix: "Keep one of the two." };
  if (keyword === "pattern") return { path, says, fix: `${hint} Example: ${(field.examples || []).slice(0, 2).join(" or ")}.` };
  if (keyword === "enum") return { path, says, fix: `Use ${(field.enum || []).join(", ")}.` };
  return ["minLength", "type", "anyOf", "const"].includes(keyword) && !keywordLocation.includes("anyOf/") ? { path, says, fix: hint } : null;
}

/** The part of the schema that speaks of a path. */
export function fieldAt(schema, path) {
  return path.reduce((node, key) => {
    const field = resolved(schema, node);
    return field && resolved(schema, typeof key === "number" ? listOf(field)?.items : field.properties?.[key]);
  }, schema);
}

/** What a $ref points to. */
export function resolved(schema, node) {
  return node?.$ref ? schema.$defs[node.$ref.split("/").pop()] : node;
}

/** The choice of a field that is a list. */
export function listOf(field) {
  return field.items ? field : field.anyOf?.find((choice) => choice.items);
}

function* beyondTheSchema(entry) {
  if (entry.website) yield* at(["website"], webProblem(entry.website));
  const services = entry.services || [];
  const secret = services.some((service) => service.confidential_location === true);
  for (const [number, service] of services.entries()) {
    const path = ["services", number];
    if (services.findIndex(({ slug }) => slug === service.slug) < number) {
      yield* at([...path, "slug"], [`Two services have the slug "${service.slug}".`, "Give one of them another slug."]);
    }
    yield* times(service.hours, [...path, "hours"]);
    for (const [place, contact] of (service.contacts || []).entries()) {
      const here = [...path, "contacts", place];
      if (contact.value) yield* at([...here, "value"], contactProblem(contact.type, contact.value));
      if (contact.message && contact.type !== "text") {
        yield* at([...here, "message"], ["A message belongs to a contact of the type text only.", "Delete it, or change the type to text."]);
      }
      yield* times(contact.hours, [...here, "hours"]);
    }
    if (service.status && service.status.state !== "open" && !service.status.instead_use) {
      yield* at([...path, "status", "instead_use"], [
        "The service is not open, and the entry does not say what to use instead.", "Name another provider, or another service."]);
    }
  }
  if (secret) yield* [...texts(entry, [])].filter(([, text]) => POSTCODE.test(text)).map(([path]) => ({ path, says: PLACE[0], fix: PLACE[1] }));
}

function* times(hours, path) {
  for (const [number, { opens, closes }] of (hours?.weekly || []).entries()) {
    if (opens && closes && closes <= opens) {
      yield* at([...path, "weekly", number, "closes"], [`It opens at ${opens} and closes at ${closes}.`, "The closing time must come after the opening time."]);
    }
  }
}

function* texts(data, path) {
  if (typeof data === "string") yield [path, data];
  else if (data && typeof data === "object") for (const key of Object.keys(data)) yield* texts(data[key], [...path, Array.isArray(data) ? Number(key) : key]);
}

function* at(path, words) {
  if (words) yield { path, says: words[0], fix: words[1] };
}
