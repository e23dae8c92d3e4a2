// The page "Is something wrong?": an entry as a form, and what comes of it to send.
// Nothing is sent or stored here, and nothing is loaded before somebody asks for the form: so the words above it are seen at once.
const NEW = "new-organisation";
const region = document.querySelector("[data-update]");
const title = region.querySelector("h2");
const chooser = region.querySelector("[data-choose]");
const select = chooser.querySelector("select");
const status = region.querySelector("[role=status]");
const place = region.querySelector("[data-form]");
const results = region.querySelector("[data-to-send]");
let tools = null;
let current = ""; // whose form is shown: coming back to its address must not lose what was typed

// ---- what is loaded

/** A file of the site, as a whole address: modules are looked for from where this one stands, and not from the page. */
function whole(address) {
  return new URL(address, document.baseURI).href;
}

async function json(address) {
  const answer = await fetch(whole(address));
  if (!answer.ok) throw new Error(`the form did not load: ${answer.status}`);
  return answer.json();
}

function load() {
  tools ||= Promise.all([import(whole(region.dataset.yaml)), import(whole(region.dataset.validator)), import("./update-text.js"), import("./update-changes.js"),
    import("./update-problems.js"), import("./update-form.js"), import("./update-entry.js"), json(region.dataset.choices), json(region.dataset.schema)])
    .then(([yaml, { Validator }, text, changes, problems, forms, entry, choices, schema]) => (
      { yaml, text, changes, problems, forms, entry, choices, schema, validator: new Validator(schema, "2020-12", false) }))
    .catch((error) => {
      tools = null;
      throw error;
    });
  return tools;
}

// ---- choosing

async function open(slug) {
  const option = [...select.options].find(({ value }) => value && value === slug);
  if (slug !== NEW && !option) return;
  current = slug;
  place.replaceChildren();
  results.replaceChildren();
  status.textContent = "The form is loading.";
  try {
    const [found, file] = await Promise.all([load(), option ? json(option.dataset.file) : { path: "", text: "" }]);
    if (current !== slug) return; // something else was chosen meanwhile
    select.value = option ? slug : "";
    found.entry.show(found, file, option?.textContent || "");
    status.textContent = "";
  } catch {
    current = "";
    status.textContent = `The form did not load. Try again later, or ring ${region.dataset.phone}.`;
  }
}

/** Opens a form, and gives the page its address. Nothing is added to the way back, which leads to where somebody came from. */
function choose(slug) {
  history.replaceState(null, "", `#${slug}`);
  open(slug);
}

/** Chooses the organisation that the address names, and no more: readers come here from a listing too, and must see the words for them first. */
function follow() {
  const option = [...select.options].find(({ value }) => value && value === location.hash.slice(1));
  if (!option || option.value === current) return;
  current = "";
  status.textContent = "";
  place.replaceChildren();
  results.replaceChildren();
  select.value = option.value;
  title.textContent = `Are you from ${option.textContent}?`;
}

// ---- the page

chooser.addEventListener("submit", (event) => {
  event.preventDefault();
  if (select.value) choose(select.value);
});
chooser.querySelector("[data-new]").addEventListener("click", () => choose(NEW));
addEventListener("hashchange", follow);
region.querySelector("[data-with-script]").hidden = false;
follow();
