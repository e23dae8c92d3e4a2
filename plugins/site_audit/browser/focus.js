// What has the focus, where it is, and what covers it. Each coverer that stays while the page scrolls counts as soon as it touches;
// any other only where nothing of the element is left.
({ place, tidy }) => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const boxes = [...element.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  const whole = element.getBoundingClientRect();
  const stays = (e) => { for (let up = e; up && up !== document.body; up = up.parentElement) if (/fixed|sticky/.test(getComputedStyle(up).position)) return up; return null; };
  const points = boxes.flatMap((box) => [.1, .5, .9].flatMap((x) => [.15, .5, .85].map((y) => [box.left + box.width * x, box.top + box.height * y])));
  const inside = points.filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
  const covers = inside.map(([x, y]) => document.elementFromPoint(x, y)).map((top) => (top && top !== element && !element.contains(top) && !top.contains(element) && !(element.labels && [...element.labels].some((l) => l.contains(top))) ? top : null));
  const sticky = covers.filter(Boolean).map(stays).find((bar) => bar && !bar.contains(element));
  const gone = !inside.length || (covers.length > 0 && covers.every(Boolean));
  document.getAnimations().forEach((animation) => { try { animation.finish(); } catch { animation.cancel(); } });
  return { ...place(element), words: tidy(element.innerText || element.value || element.getAttribute("aria-label")).slice(0, 40), big: whole.height > innerHeight / 2,
    box: { x: whole.left, y: whole.top, width: whole.width, height: whole.height }, edge: boxes.reduce((sum, box) => sum + 2 * (box.width + box.height), 0), lines: boxes.length,
    covered: sticky ? place(sticky).selector : "", gone };
}
