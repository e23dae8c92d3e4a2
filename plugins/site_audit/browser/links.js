// same-words-different-links: two links that sound alike and lead to different addresses.
// vague-link: a link whose words say nothing of where it leads, once what a screen reader adds is counted in.
// empty-link: a link without words.
({ all, seen, named, tidy }) => {
  const VAGUE = /^(please )?(click|tap|press|go|read|find out|see|view|learn|show|get|visit|discover|more|here|this|link|continue|details?|info(rmation)?|download|open|start|website|web ?site|page|web ?page)( (here|more|this|on|now|all|details?|info(rmation)?|about this|out more|it|link|page|this link|this page|for more|for details|to continue|below|our website|the website))*[.:…>› »→]*$/i;
  const found = [], first = new Map();
  for (const link of all("a[href], area[href]")) {
    if (!link.checkVisibility()) continue;
    const name = named(link);
    if (!name) {
      if (seen(link)) found.push({ kind: "empty-link", element: link, found: `a link to ${link.getAttribute("href")} without words` });
      continue;
    }
    if (VAGUE.test(name)) found.push({ kind: "vague-link", element: link, found: `a link with the words “${name}”` });
    const address = link.href.replace(/index\.html(?=$|[?#])/, "").replace(/#$/, ""), words = tidy(name.toLowerCase());
    if (!first.has(words)) first.set(words, { address, link });
    else if (first.get(words).address !== address) {
      found.push({ kind: "same-words-different-links", element: link, found: `“${name}” leads to ${link.getAttribute("href")} here and to ${first.get(words).link.getAttribute("href")} further up` });
    }
  }
  return found;
}
