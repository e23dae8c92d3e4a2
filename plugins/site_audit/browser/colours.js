// colour-alone: words that rely on a colour ("fields in red"), marks without words that differ in colour only, and neighbours whose
// only difference is their colour. Does not see colours in pictures. Links in sentences are axe-core's to judge.
({ all, seen, tidy, textNodes, vivid, colour }) => {
  const NAME = "(?:red|green|blue|yellow|orange|amber|purple|pink|grey|gray|brown)";
  const THING = "(?:text|words?|letters|items?|fields?|links?|buttons?|boxes|box|dots?|rows?|lines?|cells?|ones|names?|entries|services?|days?|dates?|circles?|marks?|numbers|areas?|label|labels)";
  const PATTERNS = [
    new RegExp(`\\b(?:shown|marked|highlighted|coloured|colored|displayed|listed|written|printed|indicated|shaded|is|are|appear|appears|turn|turns|${THING}) (?:in|with|by) (?:an? |the )?(?:bright |dark |light )?${NAME}\\b`, "i"),
    new RegExp(`\\b${NAME}(?:[- ]colou?red)? ${THING}\\b`, "i"), new RegExp(`\\b${NAME} (?:means|is for|shows|stands for|=|are (?:open|closed|full|free|required))`, "i"),
    new RegExp(`\\b(?:services?|fields?|items?|days?|rows?|numbers) (?:in|marked) ${NAME}\\b`, "i"),
  ];
  const found = [];
  for (const node of textNodes(document.body)) {
    const element = node.parentElement;
    const hit = PATTERNS.map((pattern) => pattern.exec(tidy(node.data))).find(Boolean);
    if (hit && seen(element) && !element.closest("a, h1, h2, h3")) found.push({ kind: "colour-alone", element, found: `“${hit[0]}” asks the reader to see a colour` });
  }
  const look = (element) => {
    const style = getComputedStyle(element), marks = ["::before", "::after"].map((which) => { const s = getComputedStyle(element, which); return s.content + s.backgroundImage + s.maskImage + s.borderTopStyle; });
    return [style.fontWeight, style.fontStyle, style.fontSize, style.textDecorationLine, style.borderTopWidth, style.borderBottomWidth, style.borderInlineStartWidth, style.borderTopStyle,
      style.boxShadow.replace(/rgba?\([^)]*\)/g, ""), style.backgroundImage, style.listStyleType, element.getAttribute("aria-current"), element.getAttribute("aria-label"), element.title, element.childElementCount, element.localName, ...marks].join("|");
  };
  const shown = (element) => { const style = getComputedStyle(element); return { text: style.color, ground: colour(style.backgroundColor).a < .1 ? "" : style.backgroundColor }; };
  const STATES = /\b(open|closed|yes|no|free|full|urgent|error|warning|success|late|soon|new|available|unavailable|none|done|due|required|optional|not|only|confirmed|unconfirmed|out of date|ended)\b/i;
  for (const parent of all("ul, ol, dl, tr, tbody, table, p, div, section, form, fieldset, li, td, body")) {
    const children = [...parent.children].filter((child) => seen(child) && !child.matches("a, button, input, select, textarea, h1, h2, h3, h4, h5, h6, header, footer, main, nav, aside, section, article, form, label, legend, th, dt, dd, [role=status], [role=alert]"));
    // Dots and bars: no words, small, one look but for the colour.
    const dots = [...parent.querySelectorAll("*")].filter((e) => parent.matches("ul, ol, table, tbody, body, div, section, dl") && !tidy(e.textContent) && !e.childElementCount && e.localName.match(/^(span|i|b|em|div|td|p)$/) && seen(e)
      && e.getBoundingClientRect().width <= 48 && vivid(getComputedStyle(e).backgroundColor) > 60 && !e.title && !e.getAttribute("aria-label") && getComputedStyle(e).backgroundImage === "none" && getComputedStyle(e).maskImage === "none");
    if (new Set(dots.map((e) => getComputedStyle(e).backgroundColor)).size > 1 && new Set(dots.map(look)).size === 1) {
      if (!found.some((fault) => parent.contains(fault.element) || fault.element.contains(parent))) found.push({ kind: "colour-alone", element: dots[0], found: "marks without words that differ in their colour only" });
    }
    const groups = Map.groupBy ? Map.groupBy(children, (child) => child.localName) : new Map();
    for (const group of groups.values()) {
      if (group.length < 2) continue;
      const lone = (e) => (e.childElementCount === 1 && tidy(e.firstElementChild.textContent) === tidy(e.textContent) ? e.firstElementChild : e);
      const items = group.map(lone).filter((e) => tidy(e.textContent) && e.childElementCount === 0 && !e.matches("a, button"));
      const odd = items.find((e) => items.some((other) => {
        const a = shown(e), b = shown(other);
        return other !== e && look(e) === look(other) && ((a.text !== b.text && (vivid(a.text) > 70)) || (a.ground !== b.ground && vivid(a.ground || "") > 70))
          && !(STATES.test(e.textContent) && tidy(e.textContent) !== tidy(other.textContent));
      }));
      if (odd && !found.some((fault) => fault.element === odd)) found.push({ kind: "colour-alone", element: odd, found: `“${tidy(odd.textContent).slice(0, 40)}” differs from its neighbours in its colour only` });
    }
  }
  return found;
}
