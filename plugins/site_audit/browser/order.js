// order-differs: pieces that stand in another order on the screen than in the page, which is the order of a screen reader and of the Tab key.
// Sees siblings that were moved by flex, grid, floats, positions or transforms; not what was moved out of its parent's other siblings' way.
({ all, seen, tidy, INTERACTIVE }) => {
  const says = (element) => tidy(element.innerText) || element.matches(INTERACTIVE) || element.querySelector("img[alt]:not([alt=''])");
  return all("body, body *").flatMap((parent) => {
    const style = getComputedStyle(parent), columns = style.columnCount !== "auto" || style.columnWidth !== "auto";
    if (columns || parent.childElementCount < 2 || /^(svg|select|table|thead|tbody|tr|map|ruby)$/.test(parent.localName)) return [];
    const grid = /flex|grid/.test(style.display), rtl = style.direction === "rtl";
    const children = [...parent.children].filter((child) => seen(child) && says(child) && getComputedStyle(child).position !== "fixed"
      && (grid || getComputedStyle(child).display !== "inline"));
    for (let i = 1; i < children.length; i += 1) {
      const a = children[i - 1].getBoundingClientRect(), b = children[i].getBoundingClientRect();
      const above = b.bottom <= a.top + 1, rows = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) / 2;
      // Beside each other, and not the later one hung lower: then the earlier is still read first.
      const level = b.top <= a.top + 8 || Math.abs(a.top + a.bottom - b.top - b.bottom) <= 16;
      const before = rtl ? b.left >= a.right - 1 : b.right <= a.left + 1;
      if (above || (rows && level && before)) {
        const name = (element) => tidy(element.innerText).slice(0, 40) || element.localName;
        return [{ kind: "order-differs", element: children[i], found: `“${name(children[i])}” is seen before “${name(children[i - 1])}” and comes after it in the page` }];
      }
    }
    return [];
  });
}
