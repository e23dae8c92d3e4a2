// Remembers what a page says now: the lines that can be seen outside of live regions, those inside, and where the focus is.
({ all, tidy, seen }) => {
  const LIVE = "[role=status], [role=alert], [role=log], [aria-live=polite], [aria-live=assertive], output, [role=alertdialog], dialog, [role=dialog]";
  const outside = new Map(), inside = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, up = node.parentElement, words = tidy(node.data);
    if (!words || !/[\p{L}\p{N}]/u.test(words) || up.closest("script, style, noscript, template, select, button, summary")) continue;
    if (up.closest(LIVE)) inside.push(words);
    else if (seen(up)) outside.set(words, (outside.get(words) || 0) + 1);
  }
  return { outside: [...outside], inside: inside.join(" ") };
}
