"""Which answer somebody's words are about: a table learned from the editors' phrases, and how words are weighed by it.

Complement naive Bayes (Rennie, Shih, Teevan and Karger, 2003) over three kinds of features: words, pairs of neighbours,
and triples of letters, which carry what is misspelt.
Nothing is random and nothing is fetched: the same phrases give the same table, and the same words the same order.
theme/static/js/topics.js weighs in the same way.
"""
import collections
import itertools
import math
from typing import NamedTuple

from . import folding

# How much each kind of feature counts. Measured by leaving phrases out and looking for them (tests/bench/understanding.py).
COUNTS = (2, 1, 2)
MOST_PAIRS = 60  # more cost bytes and gain nothing that could be measured
FEWEST_PHRASES = 2  # a word that stands in one phrase only costs more bytes than it explains
SMALL = 1000  # words
LEAST_SHARE = 0.035  # of all phrases with a word: an answer that has fewer of them is not told by it
STEPS = (1, 2, 3, 4, 6, 9, 14, 20, 30, 45, 67, 101)  # to which the counts of a large table are rounded: finer ones gain nothing that could be measured
FARTHEST = 2  # behind the first answer, in its own measure; right answers that came second or third were never farther than 1.2
NUMBERS = {"999", "101", "112"}  # other numbers say nothing about what happened
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
MOST_SAME = len(DIGITS) - 1
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"  # one stands for each answer
MORE_LETTERS = 0x4E00  # from here on, where there are more answers


class Table(NamedTuple):
    """`answers`: their names. `words`, `pairs`: {feature: {number of the answer: in how many of its phrases}}. Triples follow from the words."""

    answers: tuple
    words: dict
    pairs: dict


def words_and_pairs(text, short_forms):
    """Text -> its words, and each two neighbours of them, as lists."""
    words = [word for word in folding.words(text, short_forms) if not word.isdecimal() or word in NUMBERS]
    return words, [f"{one} {two}" for one, two in itertools.pairwise(words)]


def triples(word):
    """The letters of a word by threes, with marks for its beginning and its end: ^st sta tal alk lk$."""
    marked = f"^{word}$"
    return [marked[at:at + 3] for at in range(len(marked) - 2)]


def learn(phrases, short_forms, most_pairs=MOST_PAIRS, places=()):
    """{answer: its phrases} -> Table, with the commonest pairs.

    `places`: words that say where somebody is. Alone they say nothing of what happened (a phrase such as "Southport attack" would make all of
    Southport sound like it), so only their pairs with telling words are kept.
    """
    answers = tuple(sorted(phrases))
    words, pairs = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    for number, answer in enumerate(answers):
        for phrase in dict.fromkeys(phrases[answer]):
            its_words, its_pairs = words_and_pairs(phrase, short_forms)
            for word in set(its_words) - set(places):
                words[word][number] += 1
            for pair in set(its_pairs):
                pairs[pair][number] += 1
    commonest = sorted(pairs, key=lambda pair: (-pairs[pair].total(), pair))[:most_pairs]
    kept = [pair for pair in commonest if set(pair.split(" ")).isdisjoint(places)]
    kept += [pair for pair in sorted(pairs) if most_pairs and _names_an_event(pair, places, words, answers)]
    return Table(answers, dict(words), {pair: pairs[pair] for pair in kept})


def _names_an_event(pair, places, words, answers):
    """Whether a pair is a place and a word that fewer than half of the answers use: "southport attack", not "southport that"."""
    place, other = pair.split(" ")
    return place in places and other not in places and len(words[other]) < len(answers) / 2


def lightened(learned):
    """Table -> the same without words that stand in too few phrases, without counts that say next to nothing, and with the others rounded to STEPS.

    It costs half as much to load.
    A small table stays as it is.
    """
    if len(learned.words) <= SMALL:
        return learned
    words = {word: row for word, row in learned.words.items() if sum(row.values()) >= FEWEST_PHRASES}
    return Table(learned.answers, _telling(words), _telling(learned.pairs))


def _telling(rows):
    kept = {feature: {number: count for number, count in row.items() if count > LEAST_SHARE * sum(row.values())} for feature, row in rows.items()}
    return {feature: {number: _rounded(count) for number, count in row.items()} for feature, row in kept.items() if row}


def _rounded(count):
    return min(STEPS, key=lambda step: abs(step - count))


def triples_of(words):
    """{word: its row} -> {triple of letters: the rows of its words together}."""
    found = collections.defaultdict(collections.Counter)
    for word, row in words.items():
        for triple in triples(word):
            for number, count in row.items():
                found[triple][number] += count
    return dict(found)


class Weighing:
    """A table made ready to rank by. `discounts`: {answer: what is taken from it}, for answers that would catch everything."""

    def __init__(self, learned, short_forms=None, discounts=None):
        self.table, self.short_forms, self.discounts = learned, short_forms or {}, discounts or {}
        self.rows = (learned.words, learned.pairs, triples_of(learned.words))
        self.totals = [{feature: sum(row.values()) for feature, row in rows.items()} for rows in self.rows]
        self.all = [sum(totals.values()) for totals in self.totals]
        self.of_answer = [_of_answers(rows, len(learned.answers)) for rows in self.rows]

    def rank(self, text):
        """Text -> [(answer, its score, {feature: its share of the score})], the best first. No known word: no answer."""
        scores = [0.0] * len(self.table.answers)
        shares = [{} for _ in scores]
        known = False
        words, pairs = words_and_pairs(text, self.short_forms)
        for kind, found in enumerate((words, pairs, [triple for word in words for triple in triples(word)])):
            weights = self._weights(kind, collections.Counter(feature for feature in found if feature in self.rows[kind]))
            known = known or bool(weights)
            for feature, weight in weights.items():
                for number, share in enumerate(self._shares(kind, feature)):
                    scores[number] += weight * share
                    shares[number][feature] = shares[number].get(feature, 0) + weight * share
        if not known:
            return []
        rows = [(answer, round(scores[number] - self.discounts.get(answer, 0), 6), shares[number]) for number, answer in enumerate(self.table.answers)]
        return sorted(rows, key=lambda row: (-row[1], row[0]))

    def _weights(self, kind, counted):
        """{feature: how often} -> {feature: how much it says}, of length 1: rare ones say more."""
        weights = {feature: (1 + math.log(times)) * math.sqrt(math.log(1 + self.all[kind] / self.totals[kind][feature])) for feature, times in counted.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {feature: COUNTS[kind] * weight / length for feature, weight in weights.items()}

    def _shares(self, kind, feature):
        """For each answer, how unlikely it is that another one has this feature (a logarithm)."""
        row, total, every, kinds = self.rows[kind][feature], self.totals[kind][feature], self.all[kind], len(self.rows[kind])
        return [-math.log((total - row.get(number, 0) + 1) / (every - of_answer + kinds)) for number, of_answer in enumerate(self.of_answer[kind])]


def near(rows):
    """Rows of `rank` -> those that are not far behind the first: where the words are plainly about one thing, the others are left out."""
    return [row for row in rows if row[1] >= rows[0][1] - FARTHEST]


def why(row, runner_up=None, most=12):
    """A row of `rank`, and the one to set it against -> the features that speak most for it, as [(feature, by how much)]."""
    other = runner_up[2] if runner_up else {}
    gains = {feature: share - other.get(feature, 0) for feature, share in row[2].items()}
    return sorted(((feature, round(gain, 3)) for feature, gain in gains.items() if gain > 0), key=lambda gain: (-gain[1], gain[0]))[:most]


def packed(learned, known=None):
    """Table -> what the search page reads. For words and for pairs: the features; a letter for each answer that has them; a letter for each of its counts.

    Letters of counts are places in `steps`, the counts that there are. The three stand apart because like beside like is packed smaller.
    `totals`: the counts of each answer in all words, in all pairs and in all triples of the table that the page will rank by (`known`, or this one),
    and how many triples there are: a slow phone would take its time to count them.
    """
    steps = sorted({count for rows in (learned.words, learned.pairs) for row in rows.values() for count in row.values()})
    letters = LETTERS + "".join(chr(MORE_LETTERS + n) for n in range(max(len(learned.answers), len(steps))))
    count_letters = {count: letters[place] for place, count in enumerate(steps)}
    columns, pairs = (_columns(rows, letters, count_letters) for rows in (learned.words, learned.pairs))
    known = known or learned
    threes = triples_of(known.words)
    totals = (*(_of_answers(rows, len(learned.answers)) for rows in (known.words, known.pairs, threes)), len(threes))
    return {"answers": learned.answers, "steps": steps, "words": columns, "pairs": pairs, "totals": totals}


def _of_answers(rows, answers):
    """{feature: its row} -> the counts of each answer together."""
    return [sum(row.get(number, 0) for row in rows.values()) for number in range(answers)]


def _columns(rows, letters, count_letters):
    """Features and their answers, a line a feature; and all counts in the same order.

    Of a feature stands what differs from the one above, behind a digit (base 36) for how much is the same.
    """
    features, answers, counts, above = [], [], [], ""
    for feature, row in sorted(rows.items()):
        same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(above[:MOST_SAME], feature, strict=False)))
        features.append(DIGITS[same] + feature[same:])
        answers.append("".join(letters[number] for number in sorted(row)))
        counts += (count_letters[row[number]] for number in sorted(row))
        above = feature
    return "\n".join(features), "\n".join(answers), "".join(counts)
