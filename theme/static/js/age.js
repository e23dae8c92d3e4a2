// Says on each page when the site has not been built for long: nobody may be left who could say so. Nothing is stored and nothing is sent.
const MOST = 45; // days; the site is built each day
const DAY = 86400000; // milliseconds
const made = document.querySelector("[data-made]");

if (Math.floor((Date.now() - Date.parse(made.dataset.made)) / DAY) > MOST) {
  const said = document.createElement("p");
  said.className = "aged gap-s";
  said.textContent = `This site has not been updated since ${made.textContent}. Numbers and times may have changed.`;
  const line = document.createElement("div");
  line.className = "wrap";
  line.append(said);
  document.querySelector("main").prepend(line);
}

// Only where the reader has saved the site: the line that says so. Its script is loaded in no other case.
if (navigator.serviceWorker?.controller) import("./saved.js");
