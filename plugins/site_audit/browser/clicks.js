// clickable-but-no-button: something to press that is neither a link nor a control: it looks or acts so for a mouse, and the keyboard cannot reach it.
// `pressed`: elements that listen to presses, as the browser's debugger knows them. One listener for a whole list is seen by the hand that the mouse shows.
({ all, seen, INTERACTIVE, tidy }) => {
  const OWN = `${INTERACTIVE}, label, option, optgroup, details, dialog, object, embed, canvas, html, body, main, form, fieldset`;
  const listening = new Set([...all("[onclick], [onmousedown], [onmouseup], [ondblclick], [onpointerdown], [onpointerup]"), ...(window.__pressed || [])]);
  const hand = (element) => getComputedStyle(element).cursor === "pointer" && !(element.parentElement && getComputedStyle(element.parentElement).cursor === "pointer");
  const inside = (element) => element.querySelector("a[href], button, input, select, textarea, summary");
  const faults = all("body *").flatMap((element) => {
    if (!seen(element) || !(listening.has(element) || hand(element))) return [];
    if (element.matches(OWN)) {
      // A role and a place in the order of Tab, but no key does anything.
      const keys = window.__keys && (window.__keys.has(element) || element.hasAttribute("onkeydown") || element.hasAttribute("onkeyup") || element.hasAttribute("onkeypress"));
      const made = listening.has(element) && element.matches("[tabindex]") && !element.matches("a[href], button, input, select, textarea, summary, label, main, [contenteditable='true'], [tabindex='-1']");
      return made && window.__keys && !keys && !window.__keysAbove ? [{ kind: "clickable-but-no-button", element, found: `a <${element.localName}> that can be clicked, and no key does the same` }] : [];
    }
    if (element.closest("a[href], button, label, summary, select") || inside(element)) return [];
    const words = tidy(element.innerText).slice(0, 40);
    return [{ kind: "clickable-but-no-button", element, found: `a <${element.localName}>${words ? ` “${words}”` : ""} that can be clicked and is no control` }];
  });
  return faults.filter((fault) => !faults.some((other) => other !== fault && other.element.contains(fault.element)));
}
