// The listings that have been loaded, and who helps: the same order as on the pages of help. Pure functions.
const REACHES = ["force-wide", "national"];
const LAST = 1000;

/** Rows as plugins/support_directory/parts.py made them -> listings with named fields. */
export function read(rows) {
  return rows.map(([key, name, contact, times, hours, who, trust, unsure, types, reach, first]) => {
    const [kind, verb, number, detail, href, note, cost] = contact || [];
    return { key, slug: key.split("/")[0], name, contact: contact && { kind, verb, number, detail, href, note, cost }, times, hours, who, trust, unsure, types, reach, first };
  });
}

/** Whether a listing helps with a crime type ("" for any), and in an area ("" for anywhere). */
export function helpsWith(listing, type) {
  return !type || listing.types === "all" || listing.types.includes(type);
}

export function reaches(listing, area) {
  return !area || REACHES.includes(listing.reach) || listing.reach.includes(area);
}

/**
 * Who helps with a crime type in an area ("" for any of them), the first to turn to first. Specialists come from near to far, then help for any crime;
 * without an area those that reach all of it come before those of one part. Without a crime type help for any crime comes first.
 */
export function helping(listings, type, area) {
  const near = area ? ["local", ...REACHES] : ["force-wide", "local", "national"];
  const marks = ({ types, reach, first, contact }) => {
    const general = types === "all";
    const far = near.indexOf(REACHES.includes(reach) ? reach : "local");
    const chosen = first < 0 ? LAST : first;
    return [general === Boolean(type), general ? chosen : far, far, !contact, general ? 0 : types.length];
  };
  const rows = listings.filter((listing) => helpsWith(listing, type) && reaches(listing, area)).map((listing) => [marks(listing), listing]);
  rows.sort(([one, { key }], [other, { key: otherKey }]) => one.reduce((so, mark, at) => so || mark - other[at], 0) || (key < otherKey ? -1 : 1));
  return rows.map(([, listing]) => listing);
}

/**
 * Whom to ring first, two at most: the first of `chosen` (keys, the best first) that reaches the area, and the first for any crime.
 * Whoever has not said where they are is not sent to a service of one area.
 */
export function toRing(listings, chosen, area) {
  const here = (listing) => listing?.contact && reaches(listing, area) && (area || REACHES.includes(listing.reach));
  const first = chosen.map((key) => listings.get(key)).find(here);
  const general = [...listings.values()].filter((listing) => listing.first >= 0 && here(listing)).sort((one, other) => one.first - other.first);
  return (first ? [first, ...general] : general).slice(0, 2);
}
