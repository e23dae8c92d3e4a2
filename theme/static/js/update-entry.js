// One entry as a form on the page "Is something wrong?": shown, checked while it is filled in, and handed on when it is right.
import { element } from "./results.js";
import { elsewhere, give } from "./update-sending.js";

const region = document.querySelector("[data-update]");
const status = region.querySelector("[role=status]");
const place = region.querySelector("[data-form]");
const results = region.querySelector("[data-to-send]");

/** Shows the form. `found`: what update.js has loaded; `name`: the organisation's, empty for a new one. */
export function show(found, { path, text }, name) {
  const { yaml, schema, choices, forms } = found;
  const isNew = !path;
  const before = isNew ? { data: {} } : found.text.parsed(yaml, text);
  if (!before) {
    place.replaceChildren(element("p", { text: `This organisation's file cannot be shown as a form. ${elsewhere()}` }));
    return;
  }
  const stale = (said) => {
    results.replaceChildren();
    status.textContent = said || "";
  };
  const made = forms.form(schema, isNew ? undefined : before.data, { schema, choices, isNew, changed: stale });
  const summary = element("div", { class: "wrong-all", tabindex: "-1", hidden: "", role: "group", "aria-labelledby": "wrong-all" });
  const button = element("button", { type: "submit", class: "btn call", text: "Show what to send" });
  const heading = element("h3", { tabindex: "-1", text: isNew ? "A new organisation" : name });
  const fileName = isNew && fileNameField();
  const form = element("form", { class: "entry", autocomplete: "off", novalidate: "" }, summary, fileName?.element, made.element,
    element("p", { class: "doing" }, button));
  const state = { found, made, summary, form, fileName, before: before.data, text, path, name };
  form.addEventListener("change", ({ target }) => {
    stale();
    checkOne(state, target);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    finish(state);
  });
  place.replaceChildren(heading, element("p", { class: "soft", text: "Leave out what you do not know. Never guess." }), form);
  heading.focus();
}

function fileNameField() {
  const input = element("input", { id: "file-name", type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    "aria-describedby": "file-name-hint file-name-wrong", "aria-required": "true" });
  return {
    input,
    element: element("div", { class: "field" }, element("label", { for: "file-name", text: "Short name" }),
      element("p", { class: "hint soft", id: "file-name-hint", text: "For the address of its page: small letters, digits and hyphens. Example: savera-uk" }),
      element("p", { class: "wrong", id: "file-name-wrong", hidden: "" }), input),
  };
}

/** What is wrong -> [{id, says, fix}]; id: of the control. */
function wrong({ found, fileName }, { data, controls }) {
  const rows = found.problems.problems(data ?? {}, found.schema, found.validator).map(({ path, says, fix }) => ({ id: nearest(controls, path), says, fix }));
  if (!fileName) return rows;
  const typed = fileName.input.value.trim();
  const words = fileNameProblem(typed, found.choices.taken);
  return words ? [{ id: "file-name", says: words[0], fix: words[1] }, ...rows] : rows;
}

function fileNameProblem(typed, taken) {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(typed) || typed.length > 60) {
    return [`The short name is "${typed}".`, "Use small letters, digits and hyphens only, at most 60."];
  }
  if (!taken.includes(typed)) return null;
  return [`"${typed}" is taken.`, "If it is the same organisation, choose it in the list above. If not, choose another name."];
}

/** The control of a path, or of the nearest one around it. */
function nearest(controls, path) {
  for (let length = path.length; length; length -= 1) {
    const id = controls.get(path.slice(0, length).join("/"));
    if (id) return id;
  }
  return "provider";
}

function mark(id, words) {
  const control = document.getElementById(id);
  const said = document.getElementById(`${id}-wrong`);
  if (said) {
    said.textContent = words;
    said.hidden = !words;
  }
  if (!control || !/INPUT|SELECT|TEXTAREA/.test(control.tagName)) return;
  if (words) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}

/** Says at once what is wrong with the control that was just left, and with those beside it that were wrong before. */
function checkOne(state, { id }) {
  const rows = wrong(state, state.made.read());
  const shown = new Set([id, ...[...state.form.querySelectorAll("[aria-invalid]")].map((control) => control.id)]);
  for (const one of shown) {
    const row = rows.find((other) => other.id === one);
    mark(one, row ? `${row.says} ${row.fix}` : "");
  }
}

function finish(state) {
  const read = state.made.read();
  const rows = wrong(state, read);
  for (const said of state.form.querySelectorAll(".wrong")) mark(said.id.replace(/-wrong$/, ""), "");
  results.replaceChildren();
  state.summary.hidden = !rows.length;
  if (!rows.length) {
    state.summary.replaceChildren();
    give(state, read.data ?? {});
    return;
  }
  for (const { id, says, fix } of rows) mark(id, `${says} ${fix}`);
  state.summary.replaceChildren(element("h3", { id: "wrong-all", text: "This is not right yet" }), element("ul", {}, ...rows.map(({ id, says, fix }) => {
    const link = element("a", { href: `#${id}`, text: `${labelOf(id)}: ${says}` });
    link.addEventListener("click", (event) => { // the address keeps the name of the organisation
      event.preventDefault();
      reach(id);
    });
    return element("li", {}, link, ` ${fix}`);
  })));
  state.summary.focus();
}

function labelOf(id) {
  const control = document.getElementById(id);
  const within = control.closest("fieldset.contacts, fieldset.services, fieldset.weekly")?.querySelector("legend").textContent;
  const own = control.labels?.[0]?.textContent.replace(" (if you know)", "");
  const group = control.type === "checkbox" && control.closest("fieldset.field")?.querySelector("legend").textContent;
  return [within, group || own].filter(Boolean).join(", ") || "The form";
}

function reach(id) {
  const control = document.getElementById(id);
  for (let outer = control.closest("details"); outer; outer = outer.parentNode.closest("details")) outer.open = true;
  control.focus();
}
