// no-reflow: at the width of the window something runs out of it, or is cut off, so that a reader at 400 % zoom must scroll sideways or misses words.
({ all, seen, hiddenFromEyes, tidy }) => {
  const wide = document.documentElement.clientWidth, found = [];
  const scrolls = (element) => { const up = element.parentElement && element.parentElement.closest("*"); for (let e = up; e && e !== document.body; e = e.parentElement) if (/auto|scroll/.test(getComputedStyle(e).overflowX)) return e; return null; };
  const out = all("body *").filter((e) => e.checkVisibility() && !e.closest("svg *, option") && (e.getBoundingClientRect().right > wide + 1 || (e.getBoundingClientRect().left < -1 && e.getBoundingClientRect().right > 1))
    && !hiddenFromEyes(e) && (tidy(e.textContent) || e.matches("img, input, button, iframe, video")) && !(scrolls(e) && e.closest("table, pre, code, [role=region][tabindex]")));
  const inner = out.filter((e) => !out.some((other) => other !== e && e.contains(other) && other.getBoundingClientRect().width >= wide));
  if (inner.length) found.push({ kind: "no-reflow", element: inner[0], found: `${Math.round(inner[0].getBoundingClientRect().width)} pixels wide, up to ${Math.round(inner[0].getBoundingClientRect().right)}, in a window of ${wide}` });
  else if (document.documentElement.scrollWidth > wide) found.push({ kind: "no-reflow", element: document.body, found: `the page is ${document.documentElement.scrollWidth} pixels wide in a window of ${wide}` });
  for (const e of all("body *")) {
    const style = getComputedStyle(e);
    const across = /hidden|clip/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 2, down = /hidden|clip/.test(style.overflowY) && e.scrollHeight > e.clientHeight + 2;
    if (!found.length && (across || down) && tidy(e.textContent) && seen(e) && !hiddenFromEyes(e)) {
      const cut = all("*", e).concat(e).some((inside) => [...inside.childNodes].some((node) => {
        if (node.nodeType !== 3 || !node.data.trim() || hiddenFromEyes(inside)) return false;
        const range = document.createRange(); range.selectNodeContents(node);
        const edge = e.getBoundingClientRect();
        return [...range.getClientRects()].some((box) => (across && box.right > edge.right + 2) || (down && box.top + box.height / 2 > edge.bottom + 2));
      }));
      if (cut) found.push({ kind: "no-reflow", element: e, found: `words are cut off: ${e.clientWidth} by ${e.clientHeight} pixels are shown of ${e.scrollWidth} by ${e.scrollHeight}` });
    }
  }
  return found;
}
