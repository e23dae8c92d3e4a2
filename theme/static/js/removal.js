// Removes the copy from this device, looks again, and says what was found. It never says "removed" without having looked.
import { caching, copy, listOf, removeAll, tell, workers } from "./copy.js";

const REMOVED = "offline/removed/"; // addresses.py: hosts that can send Clear-Site-Data with it
const FROM_A_BROWSER = "You can remove all of it in your browser's settings: look for “site data”.";

/** What is still there: {copies, workers, other}; null where the browser does not let us look. `other`: what else a site can store, on a host of its own. */
export async function look(root) {
  try {
    const found = { copies: (await caching(root)).length, workers: (await workers(root)).length, other: 0 };
    if (new URL(root).pathname === "/") {
      const databases = self.indexedDB?.databases ? (await indexedDB.databases()).length : 0;
      found.other = localStorage.length + sessionStorage.length + databases;
    }
    return found;
  } catch {
    return null;
  }
}

/** Asks for the removal address past every copy: with it, hosts that can do so tell the browser to clear its own copies of pages. */
async function askHost(root) {
  try {
    await fetch(root + REMOVED, { cache: "no-store" });
  } catch {
    // without a connection nobody can be asked; the look that follows says what that leaves
  }
}

/** How many of these pages the browser still holds in copies of its own, of pages that were opened: nothing is fetched to learn that. */
async function keptByBrowser(addresses) {
  const isThere = (address) => fetch(address, { cache: "only-if-cached", mode: "same-origin" }).then((answer) => answer.ok, () => false);
  return (await Promise.all(addresses.map(isThere))).filter(Boolean).length;
}

/** Removes, looks, and gives the sentences that are true. */
export async function remove(root) {
  const list = await copy(root).then((found) => found && listOf(found)).catch(() => null);
  const pages = (list?.files || []).map(([address]) => root + address).filter((address) => /(\/|\.html)$/.test(address));
  await removeAll(root).catch(() => {});
  await askHost(root);
  const found = await look(root);
  tellOthers(root);
  return [said(found), kept(await keptByBrowser([...new Set([...pages, location.href.split("#")[0]])]))];
}

/** Old browsers have no line to tell others by. */
function tellOthers(root) {
  if (self.BroadcastChannel) tell(root, "removed");
}

/** What a look found, in words. */
export function said(found) {
  if (!found) return `We tried to remove it, but your browser does not let us look. So we do not know what is left. ${FROM_A_BROWSER}`;
  const left = [
    found.copies && "saved pages",
    found.workers && "the part of this site that shows them",
    found.other && "something that we did not save",
  ].filter(Boolean);
  if (!left.length) return "Removed. We looked again, and no saved copy is left in this browser.";
  return `We looked again, and not everything is gone. Still here: ${left.join(", ")}. Close all other pages of this site and press Remove again. ${FROM_A_BROWSER}`;
}

/** What no button can promise. */
function kept(pages) {
  const copies = pages
    ? `Your browser still holds its own copies of pages that you opened: ${pages}. You can clear them in its settings.`
    : "We found none of our pages among the copies that your browser itself keeps.";
  return `${copies} Its history still shows their addresses.`;
}
