"""The sentence pairs that the model is trained on and chosen by. NTREX and the test rows of Tatoeba are only counted out, never read in."""

import csv
import gzip
import hashlib
import io
import json
import pathlib
import re

import phrases

signs = re.compile(r"[^\w]+")


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def strings(folder):
    """Interface strings of a help desk and a shop."""
    with gzip.open(folder / "support-strings-en-es.tsv.gz", "rt", encoding="utf-8") as lines:
        table = csv.reader(io.StringIO(lines.read()), delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row[-2].strip(), row[-1].strip()) for row in table if len(row) >= 3 and row[-2].strip() and row[-1].strip()]


def folded(text):
    return signs.sub(" ", text.lower()).strip()


def is_test(english):
    """A tenth of the strings, by what they say, is kept to measure with."""
    return int(hashlib.sha256(folded(english).encode()).hexdigest(), 16) % 10 == 0


def references(row):
    return row["es"] if isinstance(row["es"], list) else [row["es"]]


def load(data):
    """Train pairs by set, and development rows as (English, list of Spanish references)."""
    folder = pathlib.Path(data) / "translation"
    dev = [(row["en"], references(row)) for row in rows(folder / "tatoeba-en-es.dev.jsonl.gz")]
    test = [(row["en"], references(row)) for row in rows(folder / "tatoeba-en-es.test.jsonl.gz")]
    kept = {folded(side) for english, spanish in dev + test for side in (english, *spanish)}
    support = strings(folder)
    train = {
        "tatoeba": [(row["en"], row["es"]) for row in rows(folder / "tatoeba-en-es.train.jsonl.gz")],
        "docs": [(row["en"], row["es"]) for row in rows(folder / "docs-en-es.jsonl.gz")],
        "strings": [pair for pair in support if not is_test(pair[0])],
    }
    train = {name: [pair for pair in pairs if not kept & {folded(side) for side in pair}] for name, pairs in train.items()}
    support_dev = [(english, [es]) for english, es in support if is_test(english)]
    phrases_dev = [(english, [es]) for english, es in phrases.pairs(-1, is_test, variants=1)]
    return train, {"tatoeba": dev, "strings": support_dev, "phrases": phrases_dev}


def epoch(train, number):
    """One pass: general sentences once, those of the domain as often as makes them heard; phrases are filled anew each time."""
    return train["tatoeba"] + train["docs"] + train["strings"] * 4 + phrases.pairs(number, lambda english: not is_test(english)) * 2
