// The search box. The search itself is loaded only when somebody is about to use it (on the search page: at once).
const FIRST_PAUSE = 2000; // milliseconds until the next try where it did not load; each pause is twice as long as the one before
const LONGEST_PAUSE = 60000;
const FAILED = "The search did not load. Use the lists below. We keep trying.";

const region = document.querySelector("[data-search]");
const box = document.querySelector("input[type=search]");
const form = box.form;
let loading = null;
let pause = FIRST_PAUSE;
let nextTry = 0;

function load() {
  clearTimeout(nextTry);
  loading ||= import("./search.js").then((search) => search.start(region, box)).catch(() => undefined).then((search) => search || tryLater());
  return loading;
}

/** Says that the search did not load, once, and tries again: later, when the network is back, and with the next Enter. */
function tryLater() {
  loading = null;
  region.dataset.state = "error";
  const status = region.querySelector("[role=status]");
  if (status.textContent !== FAILED) status.textContent = FAILED; // a screen reader would read it out each time
  nextTry = setTimeout(load, pause);
  pause = Math.min(2 * pause, LONGEST_PAUSE);
}

// The words stay on this page: the box has no name, and the form is never sent.
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await (await load())?.answerNow();
  if (matchMedia("(pointer: coarse)").matches) { // a phone's keyboard would cover the answers
    box.blur();
    region.scrollIntoView();
  }
});
box.addEventListener("focus", load, { once: true });
box.addEventListener("input", load, { once: true });
addEventListener("online", () => region.dataset.state === "error" && load());
if ("now" in region.dataset) load();
