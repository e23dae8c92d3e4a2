// Answers a search on this device. Nothing that is typed leaves the page: not in an address, a title or storage.
import { about, answers, danger, isKnown, namedProviders } from "./answers.js";
import { ELSEWHERE } from "./listings.js";
import { load, loadParts, wanted } from "./loading.js";
import { area, elsewhere, nearMe, onlyAPlace } from "./places.js";
import { element, fill, refreshOpen, result } from "./results.js";
import { isForeign } from "./topics.js";

const TYPING_PAUSE = 250; // milliseconds
const PATIENCE = 600; // milliseconds that an answer waits for what is on its way; then it shows what is known
const MINUTE = 60000; // milliseconds

/**
 * What the words say: about what, where, whom they name, whether somebody is in danger. `type` and `here` are what the services are chosen by:
 * a crime type, or "" where that is not sure; an area, ELSEWHERE or "".
 */
function understood(data, text) {
  const topics = about(data, text);
  const named = namedProviders(data, text);
  const place = chosen(data, area(data, text));
  const isSure = !named.slugs.length && isKnown(data, text) && data.answers.some(([kind, slug]) => kind === "crime-type" && slug === topics[0]?.[0]);
  const here = place?.slug || (elsewhere(data, text) ? ELSEWHERE : "");
  return { text, topics, place, named, here, type: isSure && topics[0][0] !== data.notSure ? topics[0][0] : "", inDanger: danger(data, text, topics) };
}

/** Shows the answers to what was said, and gives them. */
function show(region, data, said, again) {
  const { text, topics, place, named, here, type, inDanger } = said;
  const answered = answers(data, text, topics, inDanger, named, here);
  const found = place ? withArea(answered, data.answers.find(([kind, slug]) => kind === "area" && slug === place.slug), data.notSure) : answered;
  const shown = new Set();
  const items = found.map((row, at) => result(row, { data, root: region.dataset.root, area: here, type, isBest: at === 0, shown }));
  if (place) items.find((item) => item.dataset.result === "area").dataset.areaRecognised = place.slug;
  const box = region.querySelector("[data-results]");
  if (!box.firstChild) box.append(element("h2", { class: "vh", text: "Answers" }), element("div"), element("ol", { class: "results" }));
  fill(box.children[1], where(region, data, said, again));
  fill(box.children[2], items);
  region.querySelector("[data-emergency]").hidden = !inDanger;
  region.querySelector("[data-interpreters]").hidden = !isForeign(data.table, text, data.shortForms);
  tell(region, `${found.length} ${found.length === 1 ? "answer" : "answers"}`);
  return found;
}

/** Tells the number of answers, also to a screen reader; not again what it was told. */
function tell(region, words) {
  const status = region.querySelector("[role=status]");
  if (status.textContent !== words) status.textContent = words;
}

/** The answers with the area in second place; where nothing is known of what happened, it comes first. */
function withArea([first, ...others], areaRow, notSure) {
  return first[1] === notSure ? [areaRow, first, ...others] : [first, areaRow, ...others];
}

/** The place with the area that the reader chose, where its code reaches into two. */
function chosen(data, place) {
  const other = place?.other && data.chosen === `${place.said} ${place.other}`;
  return other ? { ...place, slug: place.other, other: place.slug } : place;
}

/** What is said about where somebody is, above the answers: a question with two buttons, an offer, or what to type. */
function where(region, data, { text, place }, again) {
  const outside = elsewhere(data, text);
  if (outside) {
    return [element("p", { text: `${outside} is not in ${data.areaName}. Services for the whole country can still help you. On each page of help they stand under “Anywhere in the UK”.` })];
  }
  if (!place && nearMe(text)) {
    return [element("p", { text: "This site does not know where you are. Type your town, or the first half of your postcode." })];
  }
  if (!place?.other) return [];
  const choose = (slug) => {
    const button = element("button", { text: data.areas[slug], type: "button", class: slug === place.slug ? "btn call" : "btn", "aria-pressed": String(slug === place.slug) });
    button.addEventListener("click", async () => {
      data.chosen = `${place.said} ${slug}`;
      await again();
      const buttons = [...region.querySelectorAll("[data-where] button")];
      (buttons.find((one) => one.textContent === data.areas[slug]) || buttons[0])?.focus();
    });
    return button;
  };
  const box = element("div", { "data-where": "", class: "where", role: "group", "aria-label": "Where are you?" });
  const slugs = [place.slug, place.other].sort();
  if (place.asked) {
    box.append(element("p", { text: `${place.said.toUpperCase()} is in two areas. Which one are you in?` }), ...slugs.map(choose));
  } else {
    box.append(element("p", { text: `A small part of ${place.said.toUpperCase()} is in ${data.areas[place.other]}.` }), choose(place.other));
  }
  return [box];
}

/** Shows no answers, and gives none. */
function clear(region) {
  region.querySelector("[data-results]").replaceChildren();
  for (const panel of region.querySelectorAll("[data-emergency], [data-interpreters]")) panel.hidden = true;
  tell(region, "");
  return [];
}

/** After the next paint, so that nothing holds up the first answer. */
function later() {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

function pause(time) {
  return new Promise((resolve) => setTimeout(resolve, time));
}

/** Loads what is needed and answers from then on. Gives {answerNow}, or undefined where it did not load. */
export async function start(region, box) {
  region.dataset.state = "loading";
  let data;
  try {
    data = await load(region);
  } catch {
    return undefined;
  }
  tell(region, "");
  // The icons of all buttons, whichever will be shown: what is fetched must not depend on what is typed.
  region.append(...["email", "web_form", "web_chat"].map((kind) => element("span", { class: `vh icon ${kind}`, "aria-hidden": "true" })));
  let pending = 0;
  let more = null; // the modules that come after the first answer
  let loading = null;
  let answered = ""; // the words that the page shows answers to
  const loadRest = () => {
    loading ||= later().then(async () => {
      try {
        const [filters, rest] = await Promise.all([import("./filters.js"), import("./rest.js")]);
        more = { filters, rest };
        await rest.loadMore(region, data);
      } catch {
        // the page does without, and asks again
      }
      if (!more?.rest.isWhole(data)) loading = null; // the next answer tries again
      showAgain();
    });
    return loading;
  };
  const loadArea = (slug) => loadParts(region, data, [slug]).then(() => more.rest.loadTexts(region, data));
  const showAll = (said) => {
    answered = said.text;
    const found = said.text ? show(region, data, said, answer) : clear(region);
    more?.filters.offer(region, data, said, found, loadArea);
  };
  const showAgain = () => {
    if (answered) showAll(understood(data, answered));
  };
  const answer = async () => {
    clearTimeout(pending);
    const text = box.value.trim();
    const said = understood(data, text);
    if (said.inDanger) region.querySelector("[data-emergency]").hidden = false; // that waits for nothing
    const isUnknown = text && !said.topics.length && !onlyAPlace(data, text); // perhaps it is another language
    const needed = Promise.all([loadParts(region, data, wanted(data, said)), isUnknown && loadRest()]);
    if (await Promise.race([needed.then(() => false), pause(PATIENCE).then(() => true)])) needed.then(showAgain);
    if (text !== box.value.trim()) return;
    // On the first page the choice of areas stands above: whoever searches should not have to pass it to come to the answers.
    const where = document.querySelector("[aria-labelledby=where]");
    if (where?.compareDocumentPosition(region) & Node.DOCUMENT_POSITION_FOLLOWING) region.after(where);
    showAll(isUnknown ? understood(data, text) : said); // the list of an area changes nothing in what the words mean
    region.dataset.answers = Number(region.dataset.answers || 0) + 1;
    if (text) loadRest(); // only now: the list of an area, on its way to the first answer, has the slow phone for itself
    if (await more?.rest.loadTexts(region, data)) showAgain();
  };
  box.addEventListener("input", () => {
    clearTimeout(pending);
    pending = setTimeout(answer, TYPING_PAUSE);
  });
  const refresh = () => {
    refreshOpen(data);
    more?.filters.refresh(region);
  };
  setInterval(refresh, MINUTE);
  document.addEventListener("visibilitychange", refresh);
  addEventListener("pageshow", refresh);
  addEventListener("online", () => answered && loadRest());
  region.dataset.state = "ready";
  if (box.value.trim()) answer();
  return { answerNow: answer };
}
