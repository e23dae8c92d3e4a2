// placeholder-as-label: a field with a placeholder, and no label that can be seen: the words go when somebody types.
({ all, seen, hiddenFromEyes, tidy }) => all("input[placeholder], textarea[placeholder]").flatMap((element) => {
  if (!seen(element) || !tidy(element.placeholder)) return [];
  const by = (element.getAttribute("aria-labelledby") || "").split(/\s+/).map((id) => id && document.getElementById(id));
  const labels = [...(element.labels || []), ...by].filter(Boolean);
  const visible = labels.some((label) => tidy(label.innerText) && !hiddenFromEyes(label));
  return visible ? [] : [{ kind: "placeholder-as-label", element, found: `the field's only words are its placeholder “${element.placeholder}”` }];
})
