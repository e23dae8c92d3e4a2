// Folds and stems words exactly as plugins/support_directory/search.py does: the index was made with the same rules.
const APOSTROPHES = /['’‘`´]/g;
const MARKS = /[\u0300-\u036f]/g;
const WORD = /[\p{L}\p{N}]+/gu;
const DOUBLED = /([b-df-hjkmnp-rtvwx])\1$/;

export function words(text) {
  const folded = text.replace(APOSTROPHES, "").normalize("NFKD").replace(MARKS, "").toLowerCase();
  return (folded.match(WORD) || []).map(stem);
}

export function stem(word) {
  if (word.length > 4 && word.endsWith("ies")) {
    word = word.slice(0, -3) + "y";
  } else if (word.length > 3 && word.endsWith("s") && !/(ss|us|is)$/.test(word)) {
    word = word.slice(0, -1);
  }
  if (word.length > 5 && word.endsWith("ing")) {
    word = word.slice(0, -3).replace(DOUBLED, "$1");
  } else if (word.length > 4 && word.endsWith("ed")) {
    word = word.slice(0, -2).replace(DOUBLED, "$1");
  }
  return word.length > 4 && word.endsWith("e") ? word.slice(0, -1) : word;
}
