"""Writes matching.json, retrieval.json and spans.json: what established libraries say to texts, rankings and named things."""

import re

import numpy as np
import pytrec_eval
from cases import source, write
from rapidfuzz.distance import Levenshtein
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching
from sklearn.metrics import ndcg_score, precision_recall_fscore_support
from transformers.data.metrics.squad_metrics import compute_exact, compute_f1

TEXTS = [
    "", " ", "the", "A", "...", "an the a", "The cat sat on the mat.", "Denver Broncos", "the Denver Broncos!",
    "in the 10th and 11th centuries", "10th and 11th", "$12.50", "12.50", "Rollo, a Viking leader", "rollo",
    "She said: \"It's the theatre, then.\"", "it s theatre", "Straße 12, 80331 München", "STRASSE 12", "ΟΔΟΣ ΣΟΦΟΣ", "οδος",
    "İstanbul", "istanbul", "naïve café", "naive cafe\u0301", "thé à la menthe", "aé the_cat a_b an2", "東京の天気は晴れです。",
    "東京 の 天気", "🙂🙂 well done 👩‍👩‍👧", "🙂 well done", "tabs\tand\nlines\r\nand\u00a0more\u2003blanks", "tabs and lines and more blanks",
    "“quoted” – and “dashed”", "quoted and dashed", "yes yes yes no", "no yes", "Привет, мир", "мир", "ａｂｃ １２３", "x\u0085y \x1c z",
    "north–the–south", "north– –south", "north––south",
]
PATTERNS = [
    "cat", "^the", r"\d+", r"\d+th", "[A-Z][a-z]+ [A-Z]", "yes|no", "(a|b)c?", r"\bthe\b", "ROLLO", "мир", "東京", "^$", ".",
    "well (done|played)", r"\$\d+\.\d{2}", "rollo", "the Denver Broncos!", "straße", "[^a-z]+", "no yes",
]


def mutated(random, text):
    words = text.split(" ")
    for _ in range(random.randint(0, 3)):
        at = random.randrange(len(words))
        change = random.choice(["drop", "double", "swap", "letter", "article", "upper"])
        if change == "drop":
            words[at] = ""
        elif change == "double":
            words.insert(at, words[at])
        elif change == "swap":
            words[at], words[0] = words[0], words[at]
        elif change == "letter":
            words[at] = words[at][1:] + random.choice("aeßé.,-")
        elif change == "article":
            words.insert(at, random.choice(["the", "A", "an"]))
        else:
            words[at] = words[at].upper()
    return " ".join(words)


def matching(random):
    long = " ".join(random.choice(TEXTS) for _ in range(150))
    for at in range(240):
        text = random.choice(TEXTS) if at % 40 else long
        output = mutated(random, text) if random.random() < 0.7 else random.choice(TEXTS)
        references = [text] + [mutated(random, random.choice([text, *TEXTS])) for _ in range(at % 3)]
        best = lambda score: float(max(score(reference, output) for reference in references))
        yield {
            "output": output, "references": references,
            "exact": best(lambda reference, said: reference == said),
            "normalized": best(compute_exact),
            "tokenF1": best(compute_f1),
            "similarity": best(Levenshtein.normalized_similarity),
        }


def patterns():
    for pattern in PATTERNS:
        for text in TEXTS:
            # Where they part: Python's $ also stands before a last line break, its \d knows digits beyond ASCII, and each folds
            # case by rules of its own.
            if any(character in text for character in "\nİ１"):
                continue
            flags = {"part": re.search(pattern, text), "whole": re.fullmatch(pattern, text),
                     "anyCase": re.search(pattern, text, re.IGNORECASE)}
            yield {"pattern": pattern, "text": text, **{name: bool(match) for name, match in flags.items()}}


def rankings(random):
    cuts = [1, 3, 5, 10]
    measures = {"P": "precision", "recall": "recall", "map_cut": "map", "ndcg_cut": "ndcg"}
    names = [f"doc{at}" for at in range(30)] + ["größe", "文書", "__proto__"]
    wanted = {f"{name}.{','.join(map(str, cuts))}" for name in measures} | {"map", "ndcg", "recip_rank"}
    for at in range(150):
        found = random.sample(names, random.choice([1, 2, 5, 12, 33]))
        graded = at % 2 == 0
        relevant = {name: random.randint(0, 3) if graded else 1 for name in random.sample(names, random.choice([1, 1, 3, 8]))}
        if at % 25 == 0:
            relevant = {name: 0 for name in relevant}
        evaluator = pytrec_eval.RelevanceEvaluator({"q": relevant}, wanted)
        said = evaluator.evaluate({"q": {name: float(len(found) - place) for place, name in enumerate(found)}})["q"]
        # Whoever searches in pieces finds a thing again: only its first place counts.
        again = found + random.sample(found, min(2, len(found))) if at % 5 == 0 else found
        yield {
            "found": again, "relevant": relevant if graded else [name for name in relevant if relevant[name]],
            "atK": {str(k): {ours: said[f"{theirs}_{k}"] for theirs, ours in measures.items()} for k in cuts},
            "all": {"map": said["map"], "ndcg": said["ndcg"], "mrr": said["recip_rank"]},
        }


def gains(random):
    for _ in range(100):
        n = random.choice([2, 5, 20])
        of = [random.choice([0, random.random() * 5]) for _ in range(n)]
        k = random.choice([None, 1, 3, n])
        yield {"gains": of, "k": k, "ndcg": float(ndcg_score([of], [list(range(n, 0, -1))], k=k, ignore_ties=True))}


def spans_of(random, text, labels):
    spans = []
    for _ in range(random.choice([0, 1, 2, 5])):
        start = random.randrange(text)
        spans.append([random.choice(labels), start, start + random.randint(1, 6)])
    return spans


def spans(random):
    for at in range(120):
        labels = ["person", "place", "größe"][: random.randint(1, 3)]
        rows = []
        for _ in range(random.choice([1, 3, 12])):
            expected = spans_of(random, 30, labels)
            kept = [[random.choice(labels) if random.random() < 0.1 else label, start + random.choice([0, 0, 0, 1]), end]
                    for label, start, end in expected if random.random() < 0.8]
            named = [span for span in kept + (spans_of(random, 30, labels) if random.random() < 0.4 else []) if span[1] < span[2]]
            rows.append([expected, named + named[:1] if at % 7 == 0 else named])
        weights = [random.randint(0, 3) for _ in rows] if random.random() < 0.4 else None
        yield {"rows": rows, "weights": weights, "exact": exact(rows, weights), "overlap": overlap(rows, weights)}


def exact(rows, weights):
    """scikit-learn over the union of the spans of each row: expected or not, named or not."""
    sides = [], []
    counts = []
    for row, (expected, named) in enumerate(rows):
        for span in sorted({*map(tuple, expected), *map(tuple, named)}):
            sides[0].append(list(span) in expected)
            sides[1].append(list(span) in named)
            counts.append(weights[row] if weights else 1)
    if not sum(counts):
        return None
    scores = precision_recall_fscore_support(*sides, average="binary", zero_division=0, sample_weight=counts)
    return [float(score) for score in scores[:3]]


def overlap(rows, weights):
    """SciPy finds the largest one-to-one matching of each row."""
    pairs = wanted = said = 0
    for row, sides in enumerate(rows):
        expected, named = (sorted({*map(tuple, side)}) for side in sides)
        weight = weights[row] if weights else 1
        fits = [[a[0] == b[0] and max(a[1], b[1]) < min(a[2], b[2]) for b in named] for a in expected]
        found = maximum_bipartite_matching(csr_matrix(np.array(fits, int))) if expected and named else np.array([-1])
        pairs, wanted, said = pairs + weight * int((found >= 0).sum()), wanted + weight * len(expected), said + weight * len(named)
    if not wanted + said:
        return None
    return [pairs / said if said else 0.0, pairs / wanted if wanted else 0.0, 2 * pairs / (wanted + said)]


texts = source("matching")
write("matching", texts=list(matching(texts)), patterns=list(patterns()))
places = source("retrieval")
write("retrieval", rankings=list(rankings(places)), gains=list(gains(places)))
write("spans", spans=list(spans(source("spans"))))
