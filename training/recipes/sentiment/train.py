"""Fine-tunes the classifier; resumes from `<work>/checkpoint.pt` when there is one.

AdamW (Loshchilov & Hutter 2019, arXiv:1711.05101) with layer-wise learning rates (Howard & Ruder 2018,
arXiv:1801.06146), warm-up and linear decay; label smoothing (Szegedy et al. 2016, arXiv:1512.00567); R-Drop, two
dropout passes that must agree (Liang et al. 2021, arXiv:2106.14448); a moving average of the weights
(Polyak & Juditsky 1992), which is what is kept. The best epoch by the development rows wins. With `--minutes` the decay
follows the clock when that is ahead of the steps (Li, Yumer & Ramanan 2020, arXiv:1905.04753), so that a run on a busy
machine still ends well annealed; without it a run is reproducible.
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


def loss_of(model, ids, labels, weights, options):
    """Weighted cross-entropy; with R-Drop the batch passes twice and the two answers are pulled together."""
    batch = tensors(ids)
    if options.rdrop:
        batch = {key: value.repeat(2, 1) for key, value in batch.items()}
        labels, weights = labels * 2, weights * 2
    with torch.autocast("cpu", torch.bfloat16, enabled=options.bf16):
        logits = model(**batch)
    logits = logits.float()
    weights = torch.tensor(weights)
    loss = (functional.cross_entropy(logits, torch.tensor(labels), reduction="none", label_smoothing=options.smoothing) * weights).sum() / weights.sum()
    if options.rdrop:
        one, two = functional.log_softmax(logits, -1).chunk(2)
        loss = loss + options.rdrop * 0.5 * (functional.kl_div(one, two, log_target=True, reduction="batchmean") + functional.kl_div(two, one, log_target=True, reduction="batchmean"))
    return loss


def judge(model, tokens, dev):
    """Macro-F1 on three-class sets, plain accuracy on the others, and their weighted mean as `score`."""
    result = {}
    for name, rows in dev.items():
        rows = rows[:300] if name.startswith("requests") else rows
        truth = [label for _, label in rows]
        guess = models.predict(model, tokens, [text for text, _ in rows]).argmax(-1)
        result[name] = f1_score(truth, guess, average="macro") if name in ("goemotions", "customer") else accuracy_score(truth, guess)
    result["score"] = sum(result[name] * share for name, share in SELECTION.items())
    return {name: round(float(value), 4) for name, value in result.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    for name, value in (("epochs", 2), ("budget", 1536), ("seed", 7), ("save", 200), ("minutes", 0)):
        parser.add_argument(f"--{name}", type=int, default=value)
    for name, value in (("rate", 8e-5), ("head", 5e-4), ("decay", 0.9), ("smoothing", 0.05), ("rdrop", 0.0), ("ema", 0.998), ("warmup", 0.06)):
        parser.add_argument(f"--{name}", type=float, default=value)
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=torch.cpu._is_avx512_bf16_supported())
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)

    tokens, model = models.tokenizer(), models.Classifier()
    average = copy.deepcopy(model)
    rows, held = sets.training(options.data, options.seed)
    dev, _ = sets.held_out(options.data)
    optimizer = torch.optim.AdamW(groups(model, options.rate, options.decay, options.head), betas=(0.9, 0.98), fused=True)
    checkpoint, step, first, skip, log, best = options.work / "checkpoint.pt", 0, 0, 0, [], 0.0
    plan = batches(sets.epoch(rows, held, 0, options.seed), tokens, options.budget, f"{options.seed}/0")
    total = len(plan) * options.epochs
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(state["model"]), average.load_state_dict(state["average"]), optimizer.load_state_dict(state["optimizer"])
        step, first, skip, log, best = (state[key] for key in ("step", "epoch", "position", "log", "best"))
        torch.set_rng_state(state["rng"])
        print(f"resumed at step {step}", flush=True)

    def save(epoch, position):
        torch.save({"model": model.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "epoch": epoch, "position": position, "log": log, "best": best, "rng": torch.get_rng_state()}, checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").rename(checkpoint)

    started, begun, seen, running, progress = time.time(), step, 0, None, 0.0
    for epoch in range(first, options.epochs):
        epoch_rows = sets.epoch(rows, held, epoch, options.seed)
        (options.work / "counts.json").write_text(json.dumps(sets.counts(epoch_rows), indent=1))
        plan = batches(epoch_rows, tokens, options.budget, f"{options.seed}/{epoch}")
        for position, (ids, labels, weights) in enumerate(plan):
            if epoch == first and position < skip:
                continue
            progress = step / total
            if options.minutes:
                progress = max(progress, begun / total + (1 - begun / total) * (time.time() - started) / (60 * options.minutes))
            if progress >= 1:
                break
            model.train()
            scale = min(1.0, (step + 1) / (options.warmup * total)) * max(0.02, 1 - max(0, progress - options.warmup) / (1 - options.warmup))
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * scale
            loss = loss_of(model, ids, labels, weights, options)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step, seen = step + 1, seen + sum(map(len, ids))
            keep = min(options.ema, (1 + step) / (10 + step))
            with torch.no_grad():
                torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - keep)
            running = loss.item() if running is None else 0.98 * running + 0.02 * loss.item()
            if step % 50 == 0:
                spent = time.time() - started
                left = spent / (step - begun) * (total - step)
                print(f"epoch {epoch} step {step}/{total} loss {running:.4f} {seen / spent:.0f} tokens/s left {left / 60:.1f} min", flush=True)
            if step % options.save == 0:
                save(epoch, position + 1)
        log.append({"epoch": epoch + 1, "step": step, "loss": round(running, 4), "dev": judge(average, tokens, dev)})
        print(json.dumps(log[-1]), flush=True)
        if log[-1]["dev"]["score"] > best:
            best = log[-1]["dev"]["score"]
            torch.save(average.state_dict(), options.work / "best.pt")
        save(epoch + 1, 0)
        if progress >= 1:
            break
    settings = {key: str(value) if isinstance(value, pathlib.Path) else value for key, value in vars(options).items() if key not in ("data", "work", "save")}
    (options.work / "training.json").write_text(json.dumps({"settings": settings, "steps": step, "epochs": log}, indent=1))


if __name__ == "__main__":
    main()
