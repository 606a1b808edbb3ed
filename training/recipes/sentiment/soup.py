"""Short branches from the trained weights, averaged: a model soup (Wortsman et al. 2022, arXiv:2203.05482).

There are only some six thousand film reviews, and one fine-tuning overfits them in its own way. Each branch starts at
`<work>/best.pt`, sees film rows in several guises beside a sample of everything else, and anneals anew; the mean of the
branches' weights errs less than any of them. Polarity phrases that the main run did not draw come in here too.
A finished branch is kept in `<work>`, so an interrupted run goes on with the next one.
"""

import argparse
import json
import pathlib
import random
import time

import torch

import data as sets
import model as models
import style
import train

RATE, HEAD, DECAY, SMOOTHING, BUDGET, EMA, WARMUP = 5e-5, 2e-4, 0.9, 0.05, 1536, 0.995, 0.1
KEEP = {"goemotions": 0.55, "generated": 0.5, "pros-cons": 0.0}  # share of an epoch's rows; the rest 0.35
POLARITY_ROWS = 9000
WORD_DROPOUT = 0.1


def without_some_words(text, rng):
    """Leaves out one word in ten, so that no single word decides (word dropout, Iyyer et al. 2015, ACL P15-1162)."""
    words = text.split()
    return " ".join(word for word in words if rng.random() >= WORD_DROPOUT) if len(words) > 6 else text


def branch_rows(rows, held, phrases, number, seed):
    """Rows of one branch: all film rows plain and with words left out, a sample of the others, fresh polarity phrases."""
    rng = random.Random(f"{seed}/branch/{number}")
    out = [row for row in sets.epoch(rows, held, 100 + number, seed) if row[0].startswith("film") or rng.random() < KEEP.get(row[0], 0.35)]
    out += [("film-dropout", without_some_words(text, rng), label, weight) for text, label, weight in rows["film"]]
    out += [("pros-cons", style.noisy(text, rng), label, 0.7) for text, label in rng.sample(phrases, POLARITY_ROWS)]
    rng.shuffle(out)
    return out


def run_branch(start, rows, tokens, number, options):
    """One annealed pass over `rows` from the weights `start`; the moving average of the weights."""
    torch.manual_seed(options.seed + number)
    model, average = models.Classifier(), models.Classifier()
    model.load_state_dict(start), average.load_state_dict(start)
    optimizer = torch.optim.AdamW(train.groups(model, RATE, DECAY, HEAD), betas=(0.9, 0.98), fused=True)
    settings = argparse.Namespace(rdrop=0.0, smoothing=SMOOTHING, bf16=options.bf16)
    plan = train.batches(rows, tokens, BUDGET, f"{options.seed}/branch/{number}")
    started = time.time()
    for step, (ids, labels, weights) in enumerate(plan):
        model.train()
        progress = step / len(plan)
        scale = min(progress / WARMUP, (1 - progress) / (1 - WARMUP))
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * max(0.02, scale)
        loss = train.loss_of(model, ids, labels, weights, settings)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - EMA)
        if step % 50 == 0:
            print(f"branch {number} step {step}/{len(plan)} loss {loss.item():.3f} left {(time.time() - started) / (step + 1) * (len(plan) - step) / 60:.1f} min", flush=True)
    return average.state_dict()


def mean(states):
    """The average of several weights of one architecture."""
    return {name: sum(state[name] for state in states) / len(states) if states[0][name].is_floating_point() else states[0][name] for name in states[0]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    for name, value in (("branches", 3), ("seed", 7)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=torch.cpu._is_avx512_bf16_supported())
    options = parser.parse_args()

    tokens = models.tokenizer()
    rows, held = sets.training(options.data, options.seed)
    dev, _ = sets.held_out(options.data)
    dev = {name: dev[name] for name in train.SELECTION}
    used = {text for text, _, _ in rows["pros-cons"]}
    phrases = [(text, label) for text, label in sets.binary(options.data, "pros-cons.jsonl.gz", set(range(2, 10))) if len(text.split()) > 2 and text not in used and sets.normal(text) not in held]
    start, states, log = torch.load(options.work / "best.pt"), [], {}
    for number in range(options.branches):
        file = options.work / f"branch-{number}.pt"
        if not file.exists():
            torch.save(run_branch(start, branch_rows(rows, held, phrases, number, options.seed), tokens, number, options), file)
        states.append(torch.load(file))
        model = models.Classifier()
        for name, weights in (("branch", states[-1]), ("soup", mean(states))):
            model.load_state_dict(weights)
            log[f"{name}-{number}"] = train.judge(model, tokens, dev)
            print(name, number, json.dumps(log[f"{name}-{number}"]), flush=True)
    torch.save(mean(states), options.work / "soup.pt")
    (options.work / "soup.json").write_text(json.dumps(log, indent=1))


if __name__ == "__main__":
    main()
