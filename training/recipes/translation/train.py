"""Goes on training a Marian model with more of the support domain; resumes from `<work>/checkpoint.pt` when there is one.

    train.py --model DIR --data DIR --work DIR

Both directions in one model, the direction by its first token (Johnson et al. 2017, arXiv:1611.04558). AdamW (Loshchilov & Hutter
2019, arXiv:1711.05101), warm-up and cosine decay; label smoothing (Szegedy et al. 2016, arXiv:1512.00567); a moving average of the
weights (Polyak & Juditsky 1992), which is what is kept. The best epoch by the development rows wins."""

import argparse
import copy
import json
import math
import pathlib
import random
import re
import time

import sacrebleu
import torch
from torch.nn import functional
from transformers import AutoTokenizer, MarianMTModel

import data as sets

end, padding = 0, 7999
longest = 100
word = re.compile(r"\b(?:[A-Z][a-z]+|\d+)\b")


def masked(rng, english, spanish):
    """Sometimes with `X1` or a number for a word that both sides have: what the service puts in the place of what it protects."""
    if rng.random() > 0.15:
        return english, spanish
    shared = [each for each in set(word.findall(english)) if len(re.findall(rf"\b{each}\b", spanish)) == 1 and english.count(each) == 1]
    if not shared:
        return english, spanish
    chosen, stand_in = rng.choice(sorted(shared)), rng.choice(["X1", "X2", "71", "74"])
    return re.sub(rf"\b{chosen}\b", stand_in, english), re.sub(rf"\b{chosen}\b", stand_in, spanish)


def examples(pairs, tokenizer, rng):
    """Token ids of sources and targets, every pair in both directions."""
    both = [masked(rng, *pair) for pair in pairs]
    english, spanish = ([pair[side] for pair in both] for side in (0, 1))
    ids = lambda texts: tokenizer(texts)["input_ids"]
    to_spanish = zip(ids([f">>es<< {text}" for text in english]), ids(spanish))
    to_english = zip(ids([f">>en<< {text}" for text in spanish]), ids(english))
    return [pair for pair in (*to_spanish, *to_english) if max(map(len, pair)) <= longest]


def batches(rows, budget, rng):
    """Batches of like length under a budget of padded target tokens, in a random order."""
    order = sorted(rows, key=lambda row: (len(row[1]) + rng.random() * 2, len(row[0]) + rng.random() * 2))
    groups, group, widest = [], [], 0
    for row in order:
        widest = max(widest, *map(len, row))
        if group and (len(group) + 1) * widest > budget:
            groups.append(group)
            group, widest = [], max(map(len, row))
        group.append(row)
    groups.append(group)
    rng.shuffle(groups)
    return groups


def padded(rows, fill):
    width = max(map(len, rows))
    return torch.tensor([row + [fill] * (width - len(row)) for row in rows])


class Loop:
    """A model in training with its optimizer, its schedule over `total` steps and the moving average of its weights."""

    def __init__(self, model, options, total):
        self.model, self.options, self.total, self.done, self.loss = model, options, total, 0, None
        self.average = copy.deepcopy(model).eval()
        self.optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.98), weight_decay=0.01, fused=True)

    def step(self, rows):
        """One batch. Returns the smoothed loss."""
        warm = min(1.0, (self.done + 1) / self.options.warmup)
        rate = self.options.rate * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * self.done / self.total)))
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.model.train()
        source, target = padded([row[0] for row in rows], padding), padded([row[1] for row in rows], padding)
        begun = torch.cat([torch.full((len(rows), 1), padding), target[:, :-1]], 1)
        with torch.autocast("cpu", torch.bfloat16):
            logits = self.model(input_ids=source, attention_mask=(source != padding).long(), decoder_input_ids=begun).logits
        loss = functional.cross_entropy(
            logits.float().flatten(0, 1), target.flatten(), ignore_index=padding, label_smoothing=self.options.smoothing
        )
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.done += 1
        keep = min(self.options.ema, (1 + self.done) / (10 + self.done))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.parameters()), list(self.model.parameters()), 1 - keep)
        self.loss = loss.item() if self.loss is None else 0.99 * self.loss + 0.01 * loss.item()
        return self.loss

    def state(self):
        parts = {name: getattr(self, name).state_dict() for name in ("model", "average", "optimizer")}
        return parts | {"done": self.done, "loss": self.loss}

    def restore(self, state):
        for name in ("model", "average", "optimizer"):
            getattr(self, name).load_state_dict(state[name])
        self.done, self.loss = state["done"], state["loss"]


def written(model, tokenizer, texts):
    """Greedy translations of texts that begin with their direction."""
    out = []
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    with torch.inference_mode():
        for at in range(0, len(order), 64):
            rows = padded(tokenizer([texts[each] for each in order[at : at + 64]])["input_ids"], padding)
            found = model.generate(input_ids=rows, attention_mask=(rows != padding).long(), num_beams=1, max_length=120)
            out += tokenizer.batch_decode(found, skip_special_tokens=True)
    return [text for _, text in sorted(zip(order, out))]


def scores(model, tokenizer, dev):
    """chrF of greedy translations of each development set in each direction."""
    found = {}
    for name, rows in dev.items():
        most = max(len(references) for _, references in rows)
        several = [[refs[at] if at < len(refs) else refs[0] for _, refs in rows] for at in range(most)]
        to_spanish = written(model, tokenizer, [f">>es<< {english}" for english, _ in rows])
        to_english = written(model, tokenizer, [f">>en<< {refs[0]}" for _, refs in rows])
        found[f"{name} en-es"] = sacrebleu.corpus_chrf(to_spanish, several).score
        found[f"{name} es-en"] = sacrebleu.corpus_chrf(to_english, [[english for english, _ in rows]]).score
    return {name: round(score, 2) for name, score in found.items()}


def main():
    parser = argparse.ArgumentParser()
    for name in ("model", "data", "work"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--warmup", type=int, default=300)
    parser.add_argument("--smoothing", type=float, default=0.1)
    parser.add_argument("--ema", type=float, default=0.999)
    parser.add_argument("--budget", type=int, default=3000, help="padded tokens of a batch")
    options = parser.parse_args()

    torch.manual_seed(0)
    torch.set_num_threads(2)
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    model = MarianMTModel.from_pretrained(options.model)
    train, dev = sets.load(options.data)
    per_epoch = len(batches(examples(sets.epoch(train, 0), tokenizer, random.Random(0)), options.budget, random.Random(0)))
    loop = Loop(model, options, per_epoch * options.epochs)
    checkpoint = options.work / "checkpoint.pt"
    begin, history = 0, []
    if checkpoint.exists():
        state = torch.load(checkpoint)
        loop.restore(state)
        begin, history = state["epoch"], state["history"]
    else:
        history.append({"epoch": 0, **scores(loop.average, tokenizer, dev)})
        print(history[-1], flush=True)
    best = lambda: max(history, key=lambda entry: sum(value for name, value in entry.items() if name != "epoch"))

    for epoch in range(begin, options.epochs):
        rng = random.Random(epoch)
        torch.manual_seed(epoch)
        wall, processor = time.time(), time.process_time()
        for at, rows in enumerate(batches(examples(sets.epoch(train, epoch), tokenizer, rng), options.budget, rng)):
            loss = loop.step(rows)
            if at % 100 == 0:
                print(f"epoch {epoch + 1} step {at}/{per_epoch} loss {loss:.3f} {time.time() - wall:.0f} s", flush=True)
        spent = {"wallSeconds": round(time.time() - wall), "processorSeconds": round(time.process_time() - processor)}
        history.append({"epoch": epoch + 1, **scores(loop.average, tokenizer, dev)})
        print(history[-1], spent, flush=True)
        if best() is history[-1]:
            loop.average.save_pretrained(options.work / "best")
            tokenizer.save_pretrained(options.work / "best")
        torch.save(loop.state() | {"epoch": epoch + 1, "history": history}, checkpoint)
    (options.work / "history.json").write_text(json.dumps({"epochs": history, "best": best()["epoch"]}, indent=2))


main()
