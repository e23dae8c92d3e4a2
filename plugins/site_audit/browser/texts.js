// All texts with the language that they are said to be in: what language they are is judged by languages.py.
({ all, place, tidy }) => {
  const found = [], skip = "script, style, noscript, template, code, pre, kbd, svg title, [translate=no]";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const said = (element, text) => { const holder = element.closest("[lang]"); if (tidy(text)) found.push({ text: tidy(text), lang: (holder && holder.getAttribute("lang")) || "", ...place(element) }); };
  while (walker.nextNode()) { const up = walker.currentNode.parentElement; if (!up.closest(skip)) said(up, walker.currentNode.data); }
  for (const element of all("[alt], [title], [aria-label], [placeholder]")) for (const name of ["alt", "title", "aria-label", "placeholder"]) if (element.getAttribute(name)) said(element, element.getAttribute(name));
  return found;
}
