// The page "Is something wrong?": an entry as a form, and what comes of it to send.
// Nothing is sent or stored here, and nothing is loaded before somebody asks for the form.
import { element } from "./results.js";

const LONGEST_MAIL = 1900; // characters of a mailto: address: some programs cut a longer one
const LONGEST_ISSUE = 7000; // characters of an address that GitHub still takes
const NEW = "new-organisation";
const ELSEWHERE = { target: "_blank", rel: "noopener noreferrer" }; // the form stays open: it is needed while somebody pastes
const region = document.querySelector("[data-update]");
const title = region.querySelector("h2");
const chooser = region.querySelector("[data-choose]");
const select = chooser.querySelector("select");
const status = region.querySelector("[role=status]");
const place = region.querySelector("[data-form]");
const results = region.querySelector("[data-to-send]");
const { office, phone, email, repository } = region.dataset;
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
    import("./update-problems.js"), import("./update-form.js"), json(region.dataset.choices), json(region.dataset.schema)])
    .then(([yaml, { Validator }, text, changes, problems, forms, choices, schema]) => (
      { yaml, text, changes, problems, forms, choices, schema, validator: new Validator(schema, "2020-12", false) }))
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
    show(found, file, option?.textContent || "");
    status.textContent = "";
  } catch {
    current = "";
    status.textContent = `The form did not load. Try again later, or ring ${phone}.`;
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

// ---- the form

function show(found, { path, text }, name) {
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

// ---- what comes of it

function give(state, data) {
  const { found, before, text, path, name } = state;
  const isNew = !path;
  const changes = found.changes.changes(before, data);
  if (!changes.length) {
    status.textContent = "Nothing is changed yet.";
    return;
  }
  status.textContent = "";
  const said = changes.map((change) => found.changes.inWords(change, before)).join("\n");
  const file = isNew ? `providers/${state.fileName.input.value.trim()}.yaml` : path;
  const made = isNew ? found.text.newFile(found.yaml, data) : fileOf(found, text, changes, data);
  const heading = element("h3", { tabindex: "-1", text: "What to send" });
  results.replaceChildren(heading, ...byMail(isNew ? data.name : name, file, said), ...(made === null
    ? [element("p", { "data-impossible": "", text: `We cannot make the whole file out of this change. Send the lines above. ${elsewhere()}` })]
    : [...asFile(file, made), ...(repository ? onGitHub(file, isNew, said, data.name) : [])]));
  heading.focus();
}

/** The file with every change carried out, or null where one of them cannot be. */
function fileOf({ yaml, text: { changed, parsed, same }, changes: { inOrder }, schema, problems: { fieldAt } }, text, changes, data) {
  const order = (path) => Object.keys(fieldAt(schema, path)?.properties || {});
  let made = text;
  for (const { path, value } of inOrder(changes)) {
    made = changed(yaml, made, path, value, order);
    if (made === null) return null;
  }
  return same(parsed(yaml, made)?.data, data) ? made : null;
}

function elsewhere() {
  return email ? `Ring ${phone} or write to ${email}.` : `Ring ${phone}.`;
}

function byMail(name, file, said) {
  const lines = [`Provider: ${file.replace(/^providers\/|\.yaml$/g, "")}`, "", ...said.split("\n")]; // as scripts/propose.py reads them
  const box = copyBox("The changes, one on each line", lines.join("\n"), "changes");
  const subject = encodeURIComponent(`Change to a listing: ${name}`);
  const body = encodeURIComponent([...lines, ""].join("\r\n"));
  const address = `mailto:${email}?subject=${subject}&body=${body}`;
  const how = !email ? element("p", { text: `Ring ${office} on ${phone} and read these lines out. Say who you work for, and since when this is so.` })
    : address.length > LONGEST_MAIL ? element("p", { text: `These lines are too long for a button. Copy them, and paste them into an e-mail to ${email}.` })
      : element("p", { class: "doing" }, element("a", { class: "btn call", href: address, "data-mail": "", text: "Write an e-mail with these lines" }));
  return [element("h4", { text: email ? "By e-mail" : "By telephone" }), how, ...box,
    element("p", { class: "soft", text: "The office asks the organisation through the number or address that it had before, and then changes the listing." })];
}

function asFile(file, text) {
  const name = file.split("/").pop();
  const href = URL.createObjectURL(new Blob([text], { type: "text/yaml;charset=utf-8" }));
  const link = element("a", { class: "btn", download: name, href, "data-download": "", text: `Download ${name}` });
  return [element("h4", { text: "As a file" }), element("p", { text: "The whole new file, for whoever looks after the listings." }),
    element("p", { class: "doing" }, link), ...copyBox("The whole new file", text, "file")];
}

function onGitHub(file, isNew, said, name) {
  const slug = file.split("/").pop();
  const home = `https://github.com/${repository}`;
  const editor = isNew ? `${home}/new/main/providers?filename=${encodeURIComponent(slug)}` : `${home}/edit/main/${file}`;
  const fields = isNew ? { template: "new-provider.yml", title: `New provider: ${name}`, name, entry: said }
    : { template: "change-a-listing.yml", title: `Change: ${file}`, provider: file, changes: said };
  const issue = `${home}/issues/new?${new URLSearchParams(fields)}`;
  const steps = [
    "Copy the whole new file, with the button above.",
    isNew ? "Open the link below. An empty file opens, with its name filled in."
      : "Open the link below. The present file opens in an editor. Click into the text, and choose everything in it (Ctrl and A, or Cmd and A).",
    "Paste. Nothing else needs to be done in the text.",
    "Press Commit changes. Say in one line how you know, without anybody's name.",
    "Press Propose changes, and then Create pull request. An editor reads it before it is published.",
  ];
  return [
    element("h4", { text: "With a GitHub account" }), element("ol", { class: "steps" }, ...steps.map((text) => element("li", { text }))),
    onGitHubLink("data-editor", editor, isNew ? "Add the file on GitHub (new tab)" : "Change the file on GitHub (new tab)"),
    element("p", { text: "Or ask an editor to do it. Everybody can read what you write there." }),
    issue.length > LONGEST_ISSUE
      ? element("p", { text: "These changes are too long to be filled in by themselves. Open an issue on GitHub, and paste the lines." })
      : onGitHubLink("data-issue", issue, "Fill in a form on GitHub (new tab)"),
  ];
}

function onGitHubLink(mark, href, text) {
  return element("p", { class: "doing" }, element("a", { class: "btn", href, ...ELSEWHERE, [mark]: "", text }));
}

/** A text to be read or copied. */
function copyBox(label, text, name) {
  const rows = Math.min(12, text.split("\n").length + 1);
  const box = element("textarea", { id: `made-${name}`, readonly: "", rows, autocomplete: "off", spellcheck: "false" });
  box.value = text;
  const copy = element("button", { type: "button", class: "btn", "data-copy": name, text: "Copy" },
    element("span", { class: "vh", text: `: ${label.toLowerCase()}` }));
  copy.addEventListener("click", async () => {
    const isCopied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    if (!isCopied) {
      box.focus();
      box.select();
    }
    status.textContent = isCopied ? "Copied." : "The text is marked. Press Ctrl and C, or Cmd and C, to copy it.";
    copy.firstChild.textContent = isCopied ? "Copied" : "Marked";
  });
  return [element("label", { for: box.id, text: label }), box, element("p", { class: "doing" }, copy)];
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
