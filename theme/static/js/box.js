// The search box. The search itself is loaded only when somebody is about to use it (on the search page: at once).
const region = document.querySelector("[data-search]");
const box = document.querySelector("input[type=search]");
const form = box.form;
let loading = null;

function load() {
  loading ||= import("./search.js").then((search) => search.start(region, box)).then((search) => search || (loading = null));
  return loading; // null again where the index did not load: the next Enter tries once more
}

// The words stay on this page: the box has no name, and the form is never sent.
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  (await load())?.answerNow();
});
box.addEventListener("focus", load, { once: true });
box.addEventListener("input", load, { once: true });
if ("now" in region.dataset) load();
