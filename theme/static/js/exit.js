// Leaves the site at once: blanks the page, then replaces it, so that Back does not show it again.
// Without this script the exit is a plain link. Nothing is stored and nothing is sent.
const root = document.documentElement;
const link = document.querySelector("a[data-exit]");
const title = document.title;
const PRESSES = 3;
const PAUSE = 5000; // milliseconds between two presses of Shift
let presses = 0;
let last = 0;
let alone = false;

function leave() {
  root.classList.add("gone");
  document.title = "Loading";
  location.replace(link.href);
}

link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

// Shift pressed by itself three times. A Shift held to type a capital letter does not count, nor does an on-screen
// keyboard's, which has no key code.
addEventListener("keydown", (event) => {
  if (event.key === "Shift" && /^Shift(Left|Right)$/.test(event.code)) {
    if (!event.repeat) alone = true;
  } else {
    alone = false;
    presses = 0;
  }
});
addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || !alone) return;
  alone = false;
  presses = event.timeStamp - last <= PAUSE ? presses + 1 : 1;
  last = event.timeStamp;
  if (presses === PRESSES) leave();
});
addEventListener("pointerdown", () => {
  alone = false;
  presses = 0;
});

// The browser may keep the blanked page and show it again on Back: then it must be whole.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  root.classList.remove("gone");
  document.title = title;
  presses = 0;
});
