// Loads what a first answer does not need, after it.
import { always, json, loadParts, takeNames } from "./loading.js";
import { ready } from "./topics.js";

function lunr(address) {
  if (window.lunr) return window.lunr; // it stands in the page: the file to carry
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.lunr);
    script.onerror = () => reject(new Error("the search library did not load"));
    document.head.append(script);
  });
}

/** Adds what a first answer does not need: other languages, names where they are many, the rest of the listings, what services do. */
export async function loadMore(region, data) {
  const { languages, library, parts } = region.dataset;
  await Promise.all([
    piece(data, "languages", async () => { data.table = ready(data.topics, await json(languages)); }),
    piece(data, "names", async () => { if (data.namesLater) takeNames(data, await json(`${parts}names.${data.namesLater}.json`)); }),
    piece(data, "library", async () => { data.lunr = await lunr(library); }),
    loadParts(region, data, always(data)),
  ]);
  await loadTexts(region, data);
}

async function piece(data, name, work) {
  if (data.loaded.has(name)) return;
  try {
    await work();
    data.loaded.add(name);
  } catch {
    // the page does without, and asks again
  }
}

/** What the services of the parts that are there do, and an index of it. Gives how many parts were added. */
export async function loadTexts(region, data) {
  const parts = Object.entries(data.texts).filter(([, fingerprint]) => fingerprint);
  for (const [part] of parts) data.texts[part] = "";
  const added = await Promise.all(parts.map(async ([part, fingerprint]) => {
    try {
      const { index, more, filters } = await json(`${region.dataset.parts}texts/${part}.${fingerprint}.json`);
      Object.assign(data.more, more);
      if (filters) data.filters = filters;
      if (index && data.lunr) data.indexes.push(data.lunr.Index.load(index));
      return true;
    } catch {
      data.texts[part] = fingerprint;
      return false;
    }
  }));
  return added.filter(Boolean).length;
}

/** Whether all that is loaded for any words is there. */
export function isWhole(data) {
  return data.loaded.size === 3 && always(data).every((part) => data.texts[part] === "");
}
