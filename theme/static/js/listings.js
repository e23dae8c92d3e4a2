// The listings that have been loaded, and who helps: the same order as on the pages of help. Pure functions.
const REACHES = ["force-wide", "national"];
export const ELSEWHERE = "elsewhere"; // stands for an area: a postcode that is in none of them
const LAST = 1000;

/** Rows as plugins/support_directory/parts.py made them -> listings with named fields. `costs`: what calls cost, in words. */
export function read(rows, costs) {
  return rows.map(([key, name, contact, times, hours, who, trust, unsure, types, reach, first, nth, aged = "", last = false]) => {
    const [kind, verb, number, detail, href, note, cost] = contact || [];
    const reached = contact && { kind, verb, number, detail, href, note, cost: costs[cost] };
    return { key, slug: key.split("/")[0], name, contact: reached, times, hours, who, trust, unsure, types, reach, first, nth, aged, last };
  });
}

/** Whether a listing helps with a crime type ("" for any), and in an area ("" for anywhere). */
export function helpsWith(listing, type) {
  return !type || listing.types === "all" || listing.types.includes(type);
}

export function reaches({ reach }, area) {
  if (area === ELSEWHERE) return reach === "national";
  return !area || REACHES.includes(reach) || reach.includes(area);
}

/**
 * Who helps with a crime type in an area ("" for any of them), the first to turn to first. Specialists come from near to far, then help for any crime;
 * without an area those that reach all of it come before those of one part. Without a crime type help for any crime comes first.
 * What is too old stands behind its neighbours.
 */
export function helping(listings, type, area) {
  const near = area ? ["local", ...REACHES] : ["force-wide", "local", "national"];
  const marks = ({ types, reach, first, contact, last }) => {
    const general = types === "all";
    const far = near.indexOf(REACHES.includes(reach) ? reach : "local");
    const chosen = first < 0 ? LAST : first;
    return [general === Boolean(type), general ? chosen : far, last, far, !contact, general ? 0 : types.length];
  };
  const rows = listings.filter((listing) => helpsWith(listing, type) && reaches(listing, area)).map((listing) => [marks(listing), listing]);
  rows.sort(([one, { key }], [other, { key: otherKey }]) => one.reduce((so, mark, at) => so || mark - other[at], 0) || (key < otherKey ? -1 : 1));
  return rows.map(([, listing]) => listing);
}

/**
 * Whom to ring first, two at most: one of `chosen` (keys, the best first) that reaches the area, and one of those for any crime. Whoever is closed now
 * is named only where nobody else is left. Whoever has not said where they are is not sent to a service of one area. `isOpen`: listing -> true, false or null.
 */
export function toRing(listings, chosen, area, isOpen) {
  const here = (listing) => listing?.contact && reaches(listing, area) && (area || REACHES.includes(listing.reach));
  const best = (rows) => rows.find((listing) => isOpen(listing) !== false) || rows[0];
  const special = best(chosen.map((key) => listings.get(key)).filter(here));
  const general = best([...listings.values()].filter((listing) => listing.first >= 0 && here(listing)).sort((one, other) => one.first - other.first));
  return [special, general].filter(Boolean);
}

/** The services of a provider, the first to turn to first: one that helps with the crime type and reaches the area, else as the editors ordered them. */
export function ofProvider(listings, slug, type, area) {
  const fit = (listing) => helpsWith(listing, type) && reaches(listing, area);
  return [...listings.values()].filter((listing) => listing.slug === slug).sort((one, other) => fit(other) - fit(one) || one.nth - other.nth);
}
