"""Reads the labelled sets, maps them to three classes, and keeps held-out rows out of training.

Held out: GoEmotions dev and test, bucket 0 (test) and bucket 1 (dev) of the film and product rows, the dev
and test files of the intent sets, and `dev-customer.jsonl`. A bucket is `int(sha256(text), 16) % 10`. Any
training row, real or generated, whose normalised text equals a held-out one is dropped.

A target is the probability of each class: all on one for a labelled row, the teacher's for film texts.
"""

import collections
import gzip
import hashlib
import html
import json
import pathlib
import random
import re
import sys

import augment
import style

HERE = pathlib.Path(__file__).parent
LABELS = augment.LABELS
NEGATIVE, NEUTRAL, POSITIVE = range(3)
GENERATED = {"negative": 5500, "neutral": 4000, "positive": 3800}  # anew for every epoch
SAMPLED = {"pros-cons": 9000, "banking77": 1500, "banking77-trouble": 500, "clinc150": 3000, "hwu64": 2500, "bitext": 2200}  # likewise
# Intents that report a trouble: a question about one can be a complaint, so few of them, at half weight.
TROUBLE = re.compile(
    r"not_|declined|failed|blocked|wrong|twice|reverted|swallowed|compromised|lost|stolen|unable|forgotten|pending|extra_charge"
    r"|Refund_not|cash_withdrawal_charge|fee_charged|damaged|fraud|complaint|payment_issue|registration_problems|general_(praise|negate|dontcare|quirky|commandstop)"
    r"|thank_you|likeness|social_post|tell_joke|general_joke|get_refund"
)


def read(path):
    if not path.exists():
        sys.exit(f"{path} is missing: give the folder that holds sentiment/ and intents/ by --data")
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def bucket(text):
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 10


def normal(text):
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def goemotions(data, split):
    """Rows that carry exactly one of the three labels."""
    rows = read(data / f"sentiment/goemotions.{split}.jsonl.gz")
    return [(r["text"], LABELS.index(r["labels"][0])) for r in rows if len(r["labels"]) == 1 and r["labels"][0] in LABELS]


def binary(data, name, wanted):
    rows = read(data / f"sentiment/{name}")
    return [(html.unescape(r["text"]).replace("&#9;", " ").strip(), LABELS.index(r["label"])) for r in rows if r["label"] in ("negative", "positive") and bucket(r["text"]) in wanted]


def requests(data, names, trouble=False):
    """Plain requests and questions of the intent sets; Bitext rows tagged as offensive (W) are left out."""
    rows = [r for name in names for r in read(data / name)]
    picked = [(r.get("text", r.get("utterance")), r.get("label", r.get("intent")), r.get("tags", "")) for r in rows]
    return [(text, NEUTRAL) for text, intent, tags in picked if bool(TROUBLE.search(intent)) == trouble and "W" not in tags]


def held_out(data):
    """The development sets (settings are chosen on these) and the test sets (read once, at the end)."""
    dev = {
        "goemotions": goemotions(data, "dev"),
        "film": binary(data, "sentence-polarity.jsonl", {1}),
        "product": binary(data, "product-reviews.jsonl.gz", {1}),
        "customer": [(r["text"], LABELS.index(r["label"])) for r in read(HERE / "dev-customer.jsonl")],
        "requests-banking77": requests(data, ["intents/banking77.test-a.jsonl.gz"]),
        "requests-banking77-trouble": requests(data, ["intents/banking77.test-a.jsonl.gz"], trouble=True),
        "requests-clinc150": requests(data, ["intents/clinc150.val.jsonl.gz"]),
        "requests-hwu64": requests(data, ["intents/hwu64.test.jsonl.gz"]),
        "requests-bitext": requests(data, ["intents/bitext-support.dev.jsonl.gz"]),
        "requests-dstc11-finance": requests(data, ["support/dstc11.test-finance.jsonl.gz"]),
    }
    test = {
        "goemotions": goemotions(data, "test"),
        "film": binary(data, "sentence-polarity.jsonl", {0}),
        "product": binary(data, "product-reviews.jsonl.gz", {0}),
        "requests-bitext": requests(data, ["intents/bitext-support.test.jsonl.gz"]),
        "requests-clinc150": requests(data, ["intents/clinc150.test.jsonl.gz"]),
    }
    return dev, test


def certain(label):
    return [float(i == label) for i in range(3)]


def film_rows(data):
    """The film rows that may be trained on."""
    return binary(data, "sentence-polarity.jsonl", set(range(2, 10)))


def training(data, work):
    """Real training rows as {source: [(text, target, weight)]}, held-out texts removed; what the teacher said; held-out texts."""
    asked = [r for r in read(data / "sentiment/goemotions.train.jsonl.gz") if r["labels"] == ["ambiguous"] and r["text"].rstrip().endswith("?")]
    praise = [r["text"] for name, key, value in (("clinc150", "label", "thank_you"), ("hwu64", "intent", "general_praise")) for r in read(data / f"intents/{name}.train.jsonl.gz") if r[key] == value]
    trouble = [row for row in requests(data, ["intents/banking77.train.jsonl.gz"], trouble=True) if row[0].endswith("?")]
    kept = set(range(2, 10))
    sources = {
        "goemotions": (goemotions(data, "train"), 1.0),
        "goemotions-asked": ([(r["text"], NEUTRAL) for r in asked], 0.5),
        "film": (film_rows(data), 1.0),
        "product": (binary(data, "product-reviews.jsonl.gz", kept), 1.0),
        "pros-cons": ([row for row in binary(data, "pros-cons.jsonl.gz", kept) if len(row[0].split()) > 3], 0.7),
        "praise": ([(text, POSITIVE) for text in praise], 1.0),
        "banking77": (requests(data, ["intents/banking77.train.jsonl.gz"]), 1.0),
        "banking77-trouble": (trouble, 0.5),
        "clinc150": (requests(data, ["intents/clinc150.train.jsonl.gz"]), 1.0),
        "hwu64": (requests(data, ["intents/hwu64.train.jsonl.gz"]), 1.0),
        "bitext": (requests(data, ["intents/bitext-support.train.jsonl.gz"]), 1.0),
        "dstc11": (requests(data, ["support/dstc11.development.jsonl.gz"]), 1.0),
    }
    held = {normal(text) for sets in held_out(data) for rows in sets.values() for text, _ in rows}
    taught = json.loads((work / "taught.json").read_text())
    rows = {}
    for source, (found, weight) in sources.items():
        clean = {normal(text): (text, taught["film"][text] if source == "film" else certain(label), weight) for text, label in found}
        rows[source] = sorted(row for key, row in clean.items() if key and key not in held)
    return rows, taught, held


def joined(rows, count, rng):
    """Longer reviews: two to six texts of one class, or three against one of the other."""
    sides = {label: [text for text, target, _ in rows if target[label] > 0.5] for label in (NEGATIVE, POSITIVE)}
    for i in range(count):
        label = (NEGATIVE, POSITIVE)[i % 2]
        texts = rng.sample(sides[label], rng.choice((2, 2, 3, 3, 4, 5, 6)))
        if len(texts) > 3 and rng.random() < 0.3:
            texts.insert(rng.randrange(len(texts) - 1), rng.choice(sides[2 - label]))
        texts = texts if rng.random() < 0.3 else [t if t[-1] in ".!?" else t + "." for t in map(style.detokenise, texts)]
        yield " ".join(texts), certain(label), 1.0


def epoch(rows, clauses, held, number, seed):
    """All rows of one epoch: real ones restyled, film clauses, long ones joined, customer messages generated anew."""
    rng = random.Random(f"{seed}/{number}")
    out = []
    for source, found in rows.items():
        chosen = rng.sample(found, min(len(found), SAMPLED.get(source, len(found))))
        out += [(source, style.noisy(text, rng), target, weight) for text, target, weight in chosen]
    out += [("film-plain", style.noisy(style.detokenise(text), rng, 0.5), target, weight) for text, target, weight in rows["film"]]
    for text, target in clauses[number % len(clauses)]:
        out.append(("film-clauses", style.noisy(text if rng.random() < 0.5 else style.detokenise(text), rng, 0.5), target, 1.0))
    for source, count in (("film", 1600), ("product", 600), ("pros-cons", 300)):
        out += [(f"{source}-joined", *row) for row in joined(rows[source], count, rng)]
    for label, count in GENERATED.items():
        out += [("generated", text, certain(LABELS.index(label)), 1.0) for text in augment.generate(label, count, f"{seed}/{number}")]
    out = [row for row in out if row[1] and normal(row[1]) not in held]
    rng.shuffle(out)
    return out


def counts(rows):
    """Rows of one epoch by source and most probable class."""
    table = collections.defaultdict(lambda: [0, 0, 0])
    for source, _, target, _ in rows:
        table[source][target.index(max(target))] += 1
    return dict(table)
