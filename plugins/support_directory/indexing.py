"""A lunr index of words that are ready: what lunr.py 0.8.0 would write, without the work that it does not write.

lunr.py takes each word apart, copies what is known of it, and puts all words into a set for its own searches: that was four fifths of its time.
Here only lunr.js searches, and it makes its own set. tests/test_indexing.py holds the two against each other, byte for byte.
Pipelines are empty on both sides: lunr.py and lunr.js 2.3.9 stem and trim differently.
"""
import itertools
import math
from collections import Counter

from lunr import __TARGET_JS_VERSION__

K1 = 1.2  # lunr's own: how soon a word that is said again counts no more
DIGITS = 3  # of a score, behind the point


def index(documents, boosts, length_counts):
    """[(name of the document, {field: its words})], {field: how much a match in it counts}, how little the length of a text counts (0 to 1)
    -> the index as lunr.js reads it. No name comes twice.
    """
    counted = [(name, field, Counter(fields[field]), len(fields[field])) for name, fields in documents for field in boosts]
    postings, said_in = {}, Counter()
    for name, field, counts, _ in counted:
        said_in.update(counts.keys())
        for word in counts:
            if word not in postings:
                postings[word] = {"_index": len(postings), **{each: {} for each in boosts}}
            postings[word][field][name] = {}
    rarity = {count: math.log(1 + abs((len(documents) - count + 0.5) / (count + 0.5))) for count in set(said_in.values())}
    averages = {field: sum(length for _, its, _, length in counted if its == field) / len(documents) for field in boosts}
    vectors = []
    for name, field, counts, length in counted:
        slowed = K1 * (1 - length_counts + length_counts * (length / (averages[field] or 1)))
        scores = [(postings[word]["_index"], round(rarity[said_in[word]] * ((K1 + 1) * times) / (slowed + times) * boosts[field], DIGITS))
                  for word, times in counts.items()]
        vectors.append([f"{field}/{name}", list(itertools.chain.from_iterable(sorted(scores)))])
    return {"version": __TARGET_JS_VERSION__, "fields": list(boosts), "fieldVectors": vectors,
            "invertedIndex": [[word, postings[word]] for word in sorted(postings)], "pipeline": []}
