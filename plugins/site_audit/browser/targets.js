// small-target: something to press that is smaller than 24 by 24 pixels, outside a sentence; the exit, calls and the search: smaller than 44 high.
({ all, seen, hiddenFromEyes, inSentence }) => all("a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link], [role=checkbox], [role=tab], [role=switch]").flatMap((element) => {
  if (!seen(element) || hiddenFromEyes(element) || element.disabled) return [];
  let box = element.getBoundingClientRect();
  if (/^(checkbox|radio)$/.test(element.type) && element.labels.length) {
    const label = element.labels[0].getBoundingClientRect();
    box = { width: Math.max(box.width, label.width), height: Math.max(box.height, label.height) };
  }
  const sentence = inSentence(element);
  const call = /^(tel|sms):/.test(element.getAttribute("href") || "") && !sentence;
  const search = element.matches("input[type=search]") || (element.closest("form") && element.closest("form").querySelector("input[type=search]") && element.matches("button"));
  const exit = element.matches("[data-exit]");
  const least = exit || call || search ? 44 : sentence ? 0 : 24;
  if (box.height >= least - .5 && box.width >= Math.min(least, 24) - .5) return [];
  return [{ kind: "small-target", element, found: `${Math.round(box.width)} by ${Math.round(box.height)} pixels; ${least} are needed${least === 44 ? " for " + (exit ? "the exit" : call ? "a call" : "the search") : ""}` }];
})
