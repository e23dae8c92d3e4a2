// Folds and stems words exactly as plugins/support_directory/folding.py does: the table and the index were made with the same rules.
const APOSTROPHES = /['’‘`´ʼ]/g;
const MARKS = /[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]/g;
const ALIKE = { ł: "l", đ: "d", ø: "o", ı: "i", أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ؤ: "و", ئ: "ی", ي: "ی", ى: "ی", ك: "ک", ہ: "ه", ە: "ه", ة: "ه", ھ: "ه",
  æ: "ae", œ: "oe", ß: "ss" };
const LIKE_OTHERS = new RegExp(`[${Object.keys(ALIKE).join("")}]`, "g");
const ASCII = /^[\0-\x7f]*$/; // nothing to fold; it is quicker on a slow phone
const WORD = /[\p{L}\p{N}\u0900-\u0963\u0966-\u0dff]+/gu;
const DOUBLED = /([b-df-hjkmnp-rtvwx])\1$/;
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff]/;

/** The words of a text as they are compared, each stemmed. `shortForms`: {bf: "boyfriend"}. */
export function words(text, shortForms = {}) {
  const plain = text.replace(APOSTROPHES, "").toLowerCase();
  const folded = ASCII.test(plain) ? plain : alike(alike(plain).normalize("NFKD").replace(MARKS, "").toLowerCase());
  const found = (folded.match(WORD) || []).flatMap((word) => (Object.hasOwn(shortForms, word) ? shortForms[word].split(" ") : word));
  return found.flatMap((word) => (UNSPACED.test(word) ? pairs(word) : word)).map(stem);
}

function alike(text) {
  return text.replace(LIKE_OTHERS, (letter) => ALIKE[letter]);
}

function pairs(word) {
  const signs = [...word];
  return signs.length > 1 ? signs.slice(1).map((sign, at) => signs[at] + sign) : [word];
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
