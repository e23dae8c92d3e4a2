// bold-as-heading: a short line of its own, wholly bold or clearly larger than the words after it, which looks like a heading and is none.
// Does not see headings that are pictures, nor bold beginnings of a sentence; the words of a drawing head nothing.
({ all, seen, tidy, textNodes }) => {
  const body = parseFloat(getComputedStyle(document.body).fontSize);
  const heavy = (node) => parseInt(getComputedStyle(node.parentElement).fontWeight, 10) >= 600;
  const OTHER = "h1, h2, h3, h4, h5, h6, [role=heading], a, button, label, legend, caption, figcaption, th, dt, summary, option, address, blockquote, nav, [role=status], [role=alert], [aria-live], td, output, svg";
  return all("p, div, span, strong, b, li, section > *, article > *, font").flatMap((element) => {
    if (element.closest(OTHER) || element.querySelector(`${OTHER}, p, div, ul, ol, table, input, img`) || !seen(element)) return [];
    const style = getComputedStyle(element);
    if (style.display.startsWith("inline") || style.display === "contents") {
      // A bold line before a line break is a block of its own to the eye.
      const before = element.previousSibling, after = element.nextSibling, blank = (node) => !node || (node.nodeType === 3 && !node.data.trim());
      const next = blank(after) && after ? after.nextSibling : after;
      if (!(blank(before) && next && next.nodeName === "BR" && next.nextSibling)) return [];
    }
    const nodes = textNodes(element), words = tidy(element.textContent);
    if (!nodes.length || words.length > 80 || words.split(" ").length > 14 || !/\p{L}{2}/u.test(words) || /[.;,!]$/.test(words)) return [];
    const large = nodes.every((node) => parseFloat(getComputedStyle(node.parentElement).fontSize) >= body * 1.2);
    if (!large && !nodes.every(heavy)) return [];
    const block = /^(strong|b|span|font)$/.test(element.localName) && element.parentElement.childElementCount === 1 ? element.parentElement : element;
    let next = block.nextElementSibling;
    while (next && next.localName === "br") next = next.nextElementSibling || null;
    if (!next && element !== block) next = null;
    const rest = next || (element.nextSibling && element.parentElement);
    if (!rest || !seen(rest)) return [];
    const texts = textNodes(rest).filter((node) => !element.contains(node));
    // It heads something: words of the usual weight and size come after it, and no control stands beside it.
    if (!texts.length || /^h[1-6]$/.test(rest.localName) || (next && next.getBoundingClientRect().top < block.getBoundingClientRect().bottom - 2)) return [];
    const text = texts[0], usual = !heavy(text) || (large && parseFloat(getComputedStyle(text.parentElement).fontSize) < body * 1.2);
    if (!usual || block.closest("header, footer, [role=banner]")) return [];
    return [{ kind: "bold-as-heading", element, found: `“${words}” looks like a heading and is a <${element.localName}>` }];
  }).filter((fault, _, faults) => !faults.some((other) => other !== fault && fault.element.contains(other.element) && other.element !== fault.element));
}
