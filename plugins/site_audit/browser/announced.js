// change-not-announced, as far as it stands still: a number of results beside a search that is in no live region. What changes is tried by trying.js.
({ all, seen, tidy }) => {
  if (!document.querySelector("input[type=search], [role=search], search, form input[type=text], form input:not([type])")) return [];
  const LIVE = "[role=status], [role=alert], [role=log], [aria-live=polite], [aria-live=assertive], output";
  return all("p, div, span, h2, h3, strong, li").flatMap((element) => {
    const words = tidy(element.textContent);
    if (!/^(we found |found |showing |about )?(\d+|no|one|two|three)( \S+){0,2} (results?|matches|match|hits?)( (found|for|shown)\b.*)?[.:]?$/i.test(words) || !seen(element) || element.closest(LIVE)) return [];
    return [{ kind: "change-not-announced", element, found: `“${words}” beside a search is in no live region` }];
  }).filter((fault, _, faults) => !faults.some((other) => other !== fault && fault.element.contains(other.element)));
}
