// file-name-as-alt: a picture whose words are a file's name: with an ending, as in the address, or as cameras and programs make them up.
// Does not see words that are merely poor.
({ all, tidy }) => all("img[alt], area[alt], input[type=image][alt], [role=img][aria-label], svg[aria-label]").flatMap((element) => {
  const words = tidy(element.getAttribute("alt") || element.getAttribute("aria-label"));
  if (!words) return [];
  const file = decodeURIComponent((element.getAttribute("src") || "").split(/[?#]/)[0].split("/").pop());
  const plain = (text) => text.toLowerCase().replace(/\.[a-z0-9]{2,5}$/, "").replace(/[-_ ]+/g, " ").trim();
  const ending = /\.(png|jpe?g|gif|svg|webp|avif|bmp|ico|tiff?|heic|pdf)$/i.test(words);
  const machine = /^(img|dsc[nf]?|pxl|image|photo|picture|graphic|screen ?shot|untitled|unnamed|banner|hero)[-_ ]*\d+([-_ ]\w+)*$/i.test(words);
  const joined = !/\s/.test(words) && /[a-z0-9][_-][a-z0-9]+[_-][a-z0-9]|_|[a-z]-?\d{2,}/i.test(words);
  // "logo" for logo.svg may be meant; "team-photo" for team-photo.jpg is the file.
  const same = file && plain(file) === plain(words) && /[-_\d]/.test(words);
  return ending || machine || joined || same ? [{ kind: "file-name-as-alt", element, found: `the words of the picture are “${words}”` }] : [];
})
