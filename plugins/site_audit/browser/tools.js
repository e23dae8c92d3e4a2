// What the checks share. Each other file here is a function of these tools that gives back [{kind, element, found}, ...].
() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const seen = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right + scrollX > 0 && box.bottom + scrollY > 0;
  };
  // Texts for screen readers alone are one pixel wide or cut away.
  const hiddenFromEyes = (element) => {
    for (let e = element; e && e !== document.body; e = e.parentElement) {
      const style = getComputedStyle(e), box = e.getBoundingClientRect();
      if (style.clipPath.includes("inset(50%") || style.clip.startsWith("rect(0") || style.clip.startsWith("rect(1px") || (box.width <= 1 && box.height <= 1 && style.overflow !== "visible")) return true;
    }
    return !seen(element);
  };
  const tidy = (text) => (text || "").replace(/\s+/g, " ").trim();
  const textNodes = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) if (walker.currentNode.data.trim() && !walker.currentNode.parentElement.closest("script, style, noscript, template")) found.push(walker.currentNode);
    return found;
  };
  // What a screen reader calls it: worked out by axe-core, which knows the rules.
  const named = (element) => tidy(axe.commons.text.accessibleText(element));
  const INTERACTIVE = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, audio[controls], video[controls], [contenteditable='true'], [tabindex]";
  const shapeOf = (element) => {
    const own = [element.localName, ...[...element.classList].sort()].join(".");
    const up = element.parentElement;
    return !up || up === document.body || up === document.documentElement || element.localName === "html" ? own : `${shapeOf(up)} > ${own}`;
  };
  const selectorOf = (element) => {
    if (element.id && document.querySelectorAll(`#${CSS.escape(element.id)}`).length === 1) return `#${CSS.escape(element.id)}`;
    const up = element.parentElement;
    if (!up) return element.localName;
    const alike = [...up.children].filter((e) => e.localName === element.localName);
    const own = element.localName + (alike.length > 1 ? `:nth-of-type(${alike.indexOf(element) + 1})` : "");
    return up === document.body ? `body > ${own}` : `${selectorOf(up)} > ${own}`;
  };
  // Where it is, for a person and for the file that it came from.
  const place = (element) => ({
    selector: selectorOf(element), tag: element.localName, shape: shapeOf(element),
    number: [...document.getElementsByTagName(element.localName)].indexOf(element), html: element.outerHTML.slice(0, 160).replace(/\s+/g, " "),
  });
  const colour = (text) => {
    const m = /rgba?\(([\d.]+),? ([\d.]+),? ([\d.]+)(?:,? ?\/? ?([\d.]+))?\)/.exec(text);
    return m ? { r: +m[1], g: +m[2], b: +m[3], a: m[4] === undefined ? 1 : +m[4] } : { r: 0, g: 0, b: 0, a: 0 };
  };
  // How colourful: 0 for greys, 255 for pure colours.
  const vivid = (text) => { const c = colour(text); return c.a < .3 ? 0 : Math.max(c.r, c.g, c.b) - Math.min(c.r, c.g, c.b); };
  // Text of the same sentence stands around it.
  const inSentence = (element) => {
    if (!getComputedStyle(element).display.startsWith("inline") || /flex|grid/.test(getComputedStyle(element).display)) return false;
    let block = element.parentElement;
    while (block && getComputedStyle(block).display === "inline") block = block.parentElement;
    if (!block || /flex|grid/.test(getComputedStyle(block).display)) return false;
    const mine = new Set(textNodes(element));
    return textNodes(block).some((node) => !mine.has(node) && /[\p{L}\p{N}]{2}/u.test(node.data) && seen(node.parentElement) && !node.parentElement.closest("a, button"));
  };
  return { all, seen, hiddenFromEyes, tidy, textNodes, named, INTERACTIVE, shapeOf, selectorOf, place, colour, vivid, inSentence };
}
