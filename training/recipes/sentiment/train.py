"""Fine-tunes the classifier; resumes from `<work>/checkpoint.pt` when there is one.

AdamW (Loshchilov & Hutter 2019, arXiv:1711.05101) with layer-wise learning rates (Howard & Ruder 2018,
arXiv:1801.06146), warm-up and linear decay; label smoothing (Szegedy et al. 2016, arXiv:1512.00567); a moving average of
the weights (Polyak & Juditsky 1992), which is what is kept. The best epoch by the development rows wins.
"""

import argparse
import copy
import json
import pathlib
import random
import time

import torch
from sklearn.metrics import accuracy_score, f1_score
from torch.nn import functional

import data as sets
import model as models

SELECTION = {"goemotions": 0.4, "film": 0.3, "customer": 0.3}


def batches(rows, tokens, budget, seed):
    """Batches of like length under a budget of padded tokens, in a random order that `seed` fixes."""
    rng = random.Random(seed)
    ids = tokens([text for _, text, _, _ in rows], truncation=True, max_length=models.MAX_LENGTH)["input_ids"]
    order = sorted(range(len(rows)), key=lambda i: len(ids[i]) + rng.random() * 2)
    groups, group = [], []
    for i in order:
        if group and (len(group) + 1) * max(len(ids[i]), 4) > budget or len(group) >= 160:
            groups.append(group)
            group = []
        group.append(i)
    groups.append(group)
    rng.shuffle(groups)
    return [([ids[i] for i in g], [rows[i][2] for i in g], [rows[i][3] for i in g]) for g in groups]


def tensors(ids):
    width = max(map(len, ids))
    padded = torch.tensor([row + [0] * (width - len(row)) for row in ids])
    return {"input_ids": padded, "attention_mask": (padded != 0).long(), "token_type_ids": torch.zeros_like(padded)}


def groups(model, rate, decay, head):
    """Lower layers learn slower; no weight decay on biases and norms."""
    layers = len(model.bert.encoder.layer)
    found = {}
    for name, weight in model.named_parameters():
        depth = 0 if "classifier" in name else layers + 1 if "embeddings" in name else layers - int(name.split("layer.")[1].split(".")[0])
        key = (head if depth == 0 else rate * decay ** (depth - 1), 0.0 if weight.ndim == 1 else 0.01)
        found.setdefault(key, []).append(weight)
    return [{"params": weights, "lr": lr, "base": lr, "weight_decay": wd} for (lr, wd), weights in found.items()]


class Loop:
    """A model in training with its optimizer, its schedule over `total` steps and the moving average of its weights."""

    def __init__(self, model, options, total):
        self.model, self.options, self.total, self.done = model, options, total, 0
        self.average = copy.deepcopy(model)
        self.loss = None
        self.optimizer = torch.optim.AdamW(groups(model, options.rate, options.decay, options.head), betas=(0.9, 0.98), fused=True)

    def step(self, ids, targets, weights):
        """One batch; a target holds the probability of each class. Returns the smoothed loss."""
        options, progress = self.options, self.done / self.total
        self.model.train()
        scale = min(1.0, (self.done + 1) / (options.warmup * self.total)) * max(0.02, 1 - max(0, progress - options.warmup) / (1 - options.warmup))
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * scale
        with torch.autocast("cpu", torch.bfloat16, enabled=options.bf16):
            logits = self.model(**tensors(ids))
        share = torch.tensor(weights) / sum(weights)
        loss = (functional.cross_entropy(logits.float(), torch.tensor(targets), reduction="none", label_smoothing=options.smoothing) * share).sum()
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.done += 1
        keep = min(options.ema, (1 + self.done) / (10 + self.done))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.parameters()), list(self.model.parameters()), 1 - keep)
        self.loss = loss.item() if self.loss is None else 0.98 * self.loss + 0.02 * loss.item()
        return self.loss

    def state(self):
        parts = {name: getattr(self, name).state_dict() for name in ("model", "average", "optimizer")}
        return parts | {"done": self.done, "loss": self.loss, "rng": torch.get_rng_state()}

    def restore(self, state):
        for name in ("model", "average", "optimizer"):
            getattr(self, name).load_state_dict(state[name])
        self.done, self.loss = state["done"], state["loss"]
        torch.set_rng_state(state["rng"])


class Clock:
    """Prints how far a loop is, every fifty steps."""

    def __init__(self, name, loop):
        self.name, self.loop, self.first, self.started, self.tokens = name, loop, loop.done, time.time(), 0

    def tick(self, ids):
        loop, self.tokens = self.loop, self.tokens + sum(map(len, ids))
        if loop.done % 50 == 0:
            spent = time.time() - self.started
            left = spent / (loop.done - self.first) * (loop.total - loop.done)
            print(f"{self.name} step {loop.done}/{loop.total} loss {loop.loss:.4f} {self.tokens / spent:.0f} tokens/s left {left / 60:.1f} min", flush=True)


def quality(model, tokens, name, rows):
    """Macro-F1 on the sets of three classes, accuracy on the others."""
    truth = [label for _, label in rows]
    guess = models.predict(model, tokens, [text for text, _ in rows]).argmax(-1)
    value = f1_score(truth, guess, average="macro") if name in ("goemotions", "customer") else accuracy_score(truth, guess)
    return round(float(value), 4)


def judge(model, tokens, dev):
    """The quality on each development set and, as `score`, the weighted mean that chooses an epoch."""
    result = {name: quality(model, tokens, name, rows[:300] if name.startswith("requests") else rows) for name, rows in dev.items()}
    return result | {"score": round(sum(result[name] * share for name, share in SELECTION.items()), 4)}


def arguments(description, **defaults):
    """The options of a training stage: folders, and numbers with the given defaults."""
    parser = argparse.ArgumentParser(description=description.split("\n")[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=torch.cpu._is_avx512_bf16_supported())
    common = {"seed": 7, "decay": 0.9, "head": 5e-4, "smoothing": 0.05, "warmup": 0.06}
    for name, value in (common | defaults).items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    return parser


def main():
    options = arguments(__doc__, epochs=3, budget=1536, rate=8e-5, ema=0.998, save=200).parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    tokens, model = models.tokenizer(), models.Classifier()
    rows, taught, held = sets.training(options.data, options.work)
    dev, _ = sets.held_out(options.data)

    def plan_of(epoch):
        found = sets.epoch(rows, taught["clauses"], held, epoch, options.seed)
        (options.work / "counts.json").write_text(json.dumps(sets.counts(found), indent=1))
        return batches(found, tokens, options.budget, f"{options.seed}/{epoch}")

    # Epochs differ by a few batches, so the schedule may end a little early or stay at its floor for a moment.
    loop = Loop(model, options, total=len(plan_of(0)) * options.epochs)
    checkpoint, first, skip, log = options.work / "checkpoint.pt", 0, 0, []
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        loop.restore(state)
        first, skip, log = state["epoch"], state["position"], state["log"]
        print(f"resumed at step {loop.done}", flush=True)

    def save(epoch, position):
        torch.save(loop.state() | {"epoch": epoch, "position": position, "log": log}, checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").rename(checkpoint)

    clock = Clock("student", loop)
    for epoch in range(first, options.epochs):
        for position, batch in enumerate(plan_of(epoch)):
            if epoch == first and position < skip:
                continue
            loop.step(*batch)
            clock.tick(batch[0])
            if loop.done % options.save == 0:
                save(epoch, position + 1)
        best = max((entry["dev"]["score"] for entry in log), default=0.0)
        log.append({"epoch": epoch + 1, "step": loop.done, "loss": round(loop.loss, 4), "dev": judge(loop.average, tokens, dev)})
        print(json.dumps(log[-1]), flush=True)
        if log[-1]["dev"]["score"] > best:
            torch.save(loop.average.state_dict(), options.work / "best.pt")
        save(epoch + 1, 0)
    settings = {name: value for name, value in vars(options).items() if name not in ("data", "work", "save")}
    (options.work / "training.json").write_text(json.dumps({"settings": settings, "steps": loop.done, "teacher": taught["accuracy"], "epochs": log}, indent=1))


if __name__ == "__main__":
    main()
