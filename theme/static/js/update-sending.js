// What comes of the form on the page "Is something wrong?": the changes in words and as a file, and the ways to send them.
// Nothing is sent here.
import { element } from "./results.js";

const LONGEST_MAIL = 1900; // characters of a mailto: address: some programs cut a longer one
const LONGEST_ISSUE = 7000; // characters of an address that GitHub still takes
const ELSEWHERE = { target: "_blank", rel: "noopener noreferrer" }; // the form stays open: it is needed while somebody pastes
const region = document.querySelector("[data-update]");
const status = region.querySelector("[role=status]");
const results = region.querySelector("[data-to-send]");
const { office, phone, email, repository } = region.dataset;

/** The way that needs neither form nor file. */
export function elsewhere() {
  return email ? `Ring ${phone} or write to ${email}.` : `Ring ${phone}.`;
}

/** Shows what to send for what was typed. `data`: the entry as it would be. */
export function give(state, data) {
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
