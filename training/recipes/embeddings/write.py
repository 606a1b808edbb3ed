"""Writes the graph of the bundled embeddings from the fp32 weights, and shows how close it is to them.

    python write.py --data ../../../../shared/data

Scales are found on training rows alone. The bundled graph stays when the new one is too far from fp32 on other rows."""

import argparse
import pathlib
import random
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import encoder  # noqa: E402
from measure import GRAPH, cosines, development_texts, read  # noqa: E402
from source import Source  # noqa: E402

# Comments, reviews, questions to a bank and to support, commands, abstracts.
SETS = {
    "sentiment/goemotions.train": "text",
    "sentiment/product-reviews": "text",
    "intents/banking77.train": "text",
    "intents/bitext-support.train": "utterance",
    "intents/clinc150.train": "text",
    "summarization/scitldr.train": "source",
}
TEXTS_A_SET = 400
COMPARED = 200
LEAST_COSINE = 0.99


def training_texts(data):
    draw = random.Random(0)
    for name, field in SETS.items():
        for row in draw.sample(read(data, name), TEXTS_A_SET):
            # An abstract is a list of sentences.
            yield row[field] if isinstance(row[field], str) else " ".join(row[field])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    data = parser.parse_args().data
    source, draft = Source(), GRAPH.with_suffix(".draft")
    encoder.write(source, source.inputs(list(training_texts(data))), draft)
    close = cosines(source, draft, development_texts(data, COMPARED))
    print(f"cosine to fp32 on {COMPARED} development rows: {np.mean(close):.4f} on average, {min(close):.4f} at least")
    if not np.mean(close) >= LEAST_COSINE:
        draft.unlink()
        sys.exit(f"too far from fp32: a cosine below {LEAST_COSINE}")
    draft.replace(GRAPH)


if __name__ == "__main__":
    main()
