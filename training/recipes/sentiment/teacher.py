"""A larger encoder learns the film reviews first and then labels film texts for the small one.

Knowledge distillation (Hinton, Vinyals & Dean 2015, arXiv:1503.02531): the small model learns from the teacher's
probabilities, on the film rows and on texts that nobody labelled, made from their clauses (as in TinyBERT, Jiao et al.
2020, arXiv:1909.10351, which substitutes words). The teacher is BAAI/bge-small-en-v1.5 (MIT), 12 layers of the size of
MiniLM's 6 and with the same vocabulary, read from its ONNX file. It sees training rows only and is not shipped.
"""

import argparse
import json
import pathlib
import random
import re

import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional
from transformers import BertConfig, BertModel

import data as sets
import model as models
import train as training

LAYERS = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "intermediate.dense", "output.dense")
CLAUSE = re.compile(r"\s+[,;:]\s+|\s--?\s|\s+(?=but |and |yet |though |while |because |which )")
CONNECTIVES = (", but", ", and", ";", ", yet", ".")


def encoder(graph):
    """The encoder of an exported graph; its matrices lost their names and come in the order of the layers."""
    weights = {each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in onnx.load(graph).graph.initializer}
    matrices = sorted((name for name in weights if "MatMul" in name), key=lambda name: int(name.rsplit("_", 1)[1]))
    named = {name: value for name, value in weights.items() if "MatMul" not in name}
    for at, name in enumerate(matrices):
        named[f"encoder.layer.{at // len(LAYERS)}.{LAYERS[at % len(LAYERS)]}.weight"] = weights[name].T.contiguous()
    config = BertConfig(hidden_size=384, num_hidden_layers=len(matrices) // len(LAYERS), num_attention_heads=12, intermediate_size=1536, attn_implementation="sdpa")
    found = BertModel(config, add_pooling_layer=False)
    found.load_state_dict(named)
    return found


def clauses_of(text):
    return [clause.strip() for clause in CLAUSE.split(text) if len(clause.split()) >= 3]


def recombined(texts, rng):
    """Two texts from each: a clause (or a stretch of words) of it alone, and it with a clause of another film's."""
    pool = [clause for text in texts for clause in clauses_of(text)]
    for text in texts:
        own, words, other = clauses_of(text), text.split(), rng.choice(pool)
        if len(own) > 1:
            at = rng.randrange(len(own))
            yield own[at]
            yield " , ".join(own[:at] + [other] + own[at + 1 :])
        else:
            if len(words) > 8:
                start = rng.randrange(len(words) // 2)
                yield " ".join(words[start : rng.randrange(start + 4, len(words) + 1)])
            yield f"{text} {rng.choice(CONNECTIVES)} {other}"


def label(teacher, tokens, texts, options):
    """Targets for the texts; a film review is never neutral, so that class gets nothing."""
    with torch.autocast("cpu", torch.bfloat16, enabled=options.bf16):
        logits = torch.from_numpy(models.predict(teacher, tokens, texts))
    logits[:, sets.NEUTRAL] = -torch.inf
    return functional.softmax(logits / options.temperature, -1).double().numpy().round(4).tolist()


def fit(graph, tokens, rows, options):
    """The teacher, fine-tuned on the film rows."""
    targets = [("film", text, sets.certain(label), 1.0) for text, label in rows]
    plans = [training.batches(targets, tokens, options.budget, f"{options.seed}/{epoch}") for epoch in range(options.epochs)]
    loop = training.Loop(models.Classifier(encoder(graph)), options, total=sum(map(len, plans)))
    clock = training.Clock("teacher", loop)
    for plan in plans:
        for batch in plan:
            loop.step(*batch)
            clock.tick(batch[0])
    return loop.average


def main():
    parser = training.arguments(__doc__, epochs=2, budget=768, rate=8e-5, ema=0.99, temperature=1.5, trust=0.7, sets=3)
    parser.add_argument("--graph", type=pathlib.Path, required=True)
    options = parser.parse_args()
    result = options.work / "taught.json"
    if result.exists():
        return
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    tokens, rows = models.tokenizer(), sets.film_rows(options.data)
    teacher = fit(options.graph, tokens, rows, options)
    accuracy = training.quality(teacher, tokens, "film", sets.held_out(options.data)[0]["film"])
    print(f"teacher: {accuracy} on the development films", flush=True)

    texts, rng = [text for text, _ in rows], random.Random(options.seed)
    # Of a row that was labelled by a person, the label keeps a part of the say.
    film = {
        text: [options.trust * said + (1 - options.trust) * is_so for said, is_so in zip(target, sets.certain(truth))]
        for (text, truth), target in zip(rows, label(teacher, tokens, texts, options))
    }
    clauses = []
    for at in range(options.sets):
        found = list(recombined(texts, rng))
        clauses.append(list(zip(found, label(teacher, tokens, found, options))))
        print(f"teacher labelled {len(found)} texts, {at + 1} of {options.sets}", flush=True)
    result.with_suffix(".tmp").write_text(json.dumps({"accuracy": accuracy, "film": film, "clauses": clauses}))
    result.with_suffix(".tmp").rename(result)


if __name__ == "__main__":
    main()
