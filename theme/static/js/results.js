// Shows answers and services. Each carries what is needed to act: who, the number, whether it is open now, for whom.
import { openNow } from "./hours.js";
import { ofProvider, toRing } from "./listings.js";

const KINDS = { "crime-type": "What happened", page: "Advice", provider: "Who helps", area: "Area" };
const OPEN = new Map([[true, "Open now."], [false, "Closed now."], [null, "We are not sure if it is open now."]]);

/** Where a link to an address of the site leads. The file to carry, which is the whole site in one page, leads within itself. */
export const link = { to: (root, address) => root + address };

/** A new element. Attributes that are undefined, null or false are left out. */
export function element(name, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) if (value != null && value !== false) made.setAttribute(key, value);
  made.append(...children.filter(Boolean));
  return made;
}

/**
 * One answer: [kind, slug, title, note, address, whom to ring first]. `area`: where somebody is, or ""; `type`: what happened, or "";
 * `isBest`: whether it is the one to look at first; `shown`: the services that stand above already.
 */
export function result([kind, slug, title, note, address, chosen = []], { data, root, area, type, isBest, shown }) {
  const near = kind === "crime-type" && data.areas[area];
  const leads = element("a", { text: near ? `${title}: help in ${near}` : title, href: link.to(root, address + (near ? `${area}/` : "")) });
  const listings = whoToRing(data, kind, slug, chosen, type, area);
  const services = (isBest ? listings : listings.slice(0, 1)).map((listing) => {
    const isAgain = shown.has(listing.key);
    shown.add(listing.key);
    const isNamed = kind !== "provider" || listing.name !== title;
    return kind === "page" && isAgain ? "" : service(listing, { data, root, isNamed, isAgain, where: onlyIn(data, listing) });
  });
  const told = kind === "provider" ? (listings[0] || ofProvider(data.listings, slug, type, area)[0])?.key : slug; // also of one that nobody can ring
  const said = note || data.more[told]?.[0];
  return element("li", { "data-result": kind, "data-slug": slug, class: isBest && "best" },
    element("p", { text: KINDS[kind], class: "kind" }), element("h3", {}, leads), said && element("p", { text: said }), ...services);
}

function whoToRing(data, kind, slug, chosen, type, area) {
  if (slug === "emergency") return []; // whoever is in danger rings nobody before 999
  if (kind !== "provider") return toRing(data.listings, chosen, area, ({ hours }) => openNow(hours, new Date(), data.bankHolidays));
  const isWhole = data.providers.get(slug).parts.every((part) => part in data.texts); // else the one to ring may not be there yet
  return isWhole ? ofProvider(data.listings, slug, type, area).filter(({ contact }) => contact).slice(0, 1) : [];
}

/** "Only in Wirral.", or "" for what helps beyond single areas. */
export function onlyIn(data, { reach }) {
  return Array.isArray(reach) ? `Only in ${reach.map((area) => data.areas[area]).join(", ")}.` : "";
}

/**
 * A service: its name (where `isNamed`), the number, whether it is open now, for whom, how sure we are. `summary`: what it does; `where`: its area.
 * `isAgain`: it stands above in full, so only its name and number are repeated.
 */
export function service(listing, { data, root, isNamed = true, level = 4, summary, where, isAgain }) {
  const { key, slug, name, contact, times, hours, who, trust, unsure, aged } = listing;
  const open = () => {
    const state = openNow(hours, new Date(), data.bankHolidays);
    return element("b", { text: OPEN.get(state), "data-open": String(state) });
  };
  return element("div", { class: "service", "data-service": key },
    element("div", {},
      isNamed && element(`h${level}`, {}, element("a", { text: name, href: link.to(root, `providers/${slug}/`) })),
      !isAgain && aged && element("p", { text: aged, class: "aged" }),
      (where || summary) && element("p", {}, where && element("strong", { text: where }), where && " ", summary),
      element("p", {}, open(), !isAgain && times && ` ${times}`),
      !isAgain && who && element("p", { text: `For: ${who}` })),
    element("div", {}, contact && number(contact, name),
      ...(isAgain ? [] : [contact?.note, contact?.cost].filter(Boolean).map((text) => element("p", { text, class: "about" }))),
      !isAgain && element("p", { class: "about" }, element("span", { text: trust, class: unsure && "unsure" }))));
}

function number({ kind, verb, number: digits, detail, href }, name) {
  return element("a", { class: `btn icon ${kind}`, href, rel: href.startsWith("https") && "noreferrer" },
    element("span", { text: `${verb} ` }, digits && element("span", { text: digits, class: "num" }), detail && element("span", { text: detail, class: "addr" }),
      element("span", { text: ` ${name}`, class: "vh" })));
}

/** Brings what is said about being open up to date, where it was shown a while ago. */
export function refreshOpen(data) {
  for (const said of document.querySelectorAll("[data-open]")) {
    const state = openNow(data.listings.get(said.closest("[data-service]").dataset.service).hours, new Date(), data.bankHolidays);
    said.textContent = OPEN.get(state);
    said.dataset.open = String(state);
  }
}

/** Makes a list hold these items, and leaves alone those that are there already as they should be: what somebody has reached, or is pressing, stays. */
export function fill(list, items) {
  items.forEach((item, at) => {
    const there = list.children[at];
    if (!there) list.append(item);
    else if (there.outerHTML !== item.outerHTML) there.replaceWith(item);
  });
  while (list.children.length > items.length) list.lastChild.remove();
}
