// Shows answers and services. Each carries what is needed to act: who, the number, whether it is open now, for whom.
import { openNow } from "./hours.js";
import { toRing } from "./listings.js";

const KINDS = { "crime-type": "What happened", page: "Advice", provider: "Who helps", area: "Area" };
const OPEN = new Map([[true, "Open now."], [false, "Closed now."], [null, "We are not sure if it is open now."]]);

/** A new element. Attributes that are undefined, null or false are left out. */
export function element(name, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) if (value != null && value !== false) made.setAttribute(key, value);
  made.append(...children.filter(Boolean));
  return made;
}

/** One answer: [kind, slug, title, note, address, whom to ring first]. `place`: where somebody is; `best`: whether it is the one to look at first. */
export function result([kind, slug, title, note, address, chosen], { data, root, place, best, shown }) {
  const near = kind === "crime-type" && place;
  const link = element("a", { text: near ? `${title}: help in ${data.areas[place.slug]}` : title, href: root + address + (near ? `${place.slug}/` : "") });
  const ring = () => (slug === "emergency" ? [] : toRing(data.listings, chosen || [], place?.slug || "")); // whoever is in danger rings nobody before 999
  const listings = kind === "provider" ? listingsOf(data, slug) : ring();
  const said = note || (kind === "provider" && data.more[listings[0]?.key]?.[0]);
  const services = listings.filter(({ contact }) => contact).slice(0, best && kind !== "provider" ? 2 : 1).map((listing) => {
    const again = shown.has(listing.key);
    shown.add(listing.key);
    return service(listing, { data, root, named: kind !== "provider", again });
  });
  return element("li", { "data-result": kind, "data-slug": slug, class: best && "best" },
    element("p", { text: KINDS[kind], class: "kind" }), element("h3", {}, link), said && element("p", { text: said }), ...services);
}

function listingsOf(data, slug) {
  return [...data.listings.values()].filter((listing) => listing.slug === slug);
}

/**
 * A service: its name (where `named`), the number, whether it is open now, for whom, how sure we are. `summary`: what it does; `where`: its area.
 * `again`: it stands above in full, so only its name and number are repeated.
 */
export function service({ key, slug, name, contact, times, hours, who, trust, unsure }, { data, root, named = true, level = 4, summary, where, again }) {
  const open = () => {
    const state = openNow(hours, new Date(), data.bankHolidays);
    return element("b", { text: OPEN.get(state), "data-open": String(state) });
  };
  return element("div", { class: "service", "data-service": key },
    element("div", {},
      named && element(`h${level}`, {}, element("a", { text: name, href: `${root}providers/${slug}/` })),
      (where || summary) && element("p", {}, where && element("strong", { text: where }), where && " ", summary),
      element("p", {}, open(), !again && times && ` ${times}`),
      !again && who && element("p", { text: `For: ${who}` })),
    element("div", {}, contact && number(contact, name),
      ...(again ? [] : [contact?.note, contact?.cost].filter(Boolean).map((text) => element("p", { text, class: "about" }))),
      !again && element("p", { class: "about" }, element("span", { text: trust, class: unsure && "unsure" }))));
}

function number({ kind, verb, number: digits, detail, href }, name) {
  return element("a", { class: `btn icon ${kind}`, href, rel: href.startsWith("https") && "noreferrer" },
    element("span", { text: `${verb} ` }, digits && element("span", { text: digits, class: "num" }), detail && element("span", { text: detail, class: "addr" }),
      element("span", { text: ` ${name}`, class: "vh" })));
}

/** Brings what is said about being open up to date, where it was shown a while ago. */
export function refreshOpen(region, data) {
  for (const said of region.querySelectorAll("[data-open]")) {
    const state = openNow(data.listings.get(said.closest("[data-service]").dataset.service).hours, new Date(), data.bankHolidays);
    said.textContent = OPEN.get(state);
    said.dataset.open = String(state);
  }
}
