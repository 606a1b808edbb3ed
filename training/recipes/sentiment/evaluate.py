"""Measures the exported file on the development and test rows and writes `evaluation.json`.

Accuracy carries a Wilson interval (Wilson 1927), macro-F1 a percentile bootstrap over rows (Efron 1979), both
at 95%. Film and product rows have two classes and the model three, so they are scored twice: `accuracy` is
plain argmax, where neutral counts as wrong; `accuracyTwoWay` asks only which of negative and positive is more
probable. ECE uses 15 equal-width bins (Guo et al. 2017).
"""

import argparse
import hashlib
import json
import math
import pathlib
import platform
import random

import numpy as np
import onnxruntime
from scipy.special import softmax
from sklearn.metrics import confusion_matrix

import data as sets
import onnx_run
import style


def wilson(right, total, z=1.959964):
    p, centre = right / total, (right / total + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    return [round(centre - half, 4), round(centre + half, 4)]


def f1_of(matrix):
    """F1 of each class from a confusion matrix (rows are the truth)."""
    hit, said, were = np.diag(matrix), matrix.sum(0), matrix.sum(1)
    return 2 * hit / np.maximum(said + were, 1)


def bootstrap(truth, guess, rounds=2000):
    rng, n = np.random.default_rng(0), len(truth)
    cells = truth * 3 + guess
    scores = [f1_of(np.bincount(cells[rng.integers(0, n, n)], minlength=9).reshape(3, 3)).mean() for _ in range(rounds)]
    return [round(float(v), 4) for v in np.percentile(scores, (2.5, 97.5))]


def calibration_error(probabilities, truth, bins=15):
    top, right = probabilities.max(-1), probabilities.argmax(-1) == truth
    slot = np.minimum((top * bins).astype(int), bins - 1)
    return round(float(sum(abs(right[slot == b].mean() - top[slot == b].mean()) * (slot == b).mean() for b in range(bins) if (slot == b).any())), 4)


def measure(name, logits, truth, temperature):
    """Everything reported of one set; the logits are calibrated, `temperature` undoes that for ECE before."""
    guess, n = logits.argmax(-1), len(truth)
    right = int((guess == truth).sum())
    result = {"rows": n, "accuracy": round(right / n, 4), "accuracyInterval": wilson(right, n), "predicted": {label: int((guess == i).sum()) for i, label in enumerate(sets.LABELS)}}
    result |= {"ece": calibration_error(softmax(logits, -1), truth), "eceBeforeTemperature": calibration_error(softmax(logits * temperature, -1), truth)}
    if name.startswith("requests"):
        return result
    matrix = confusion_matrix(truth, guess, labels=[0, 1, 2])
    result["confusion"] = matrix.tolist()
    if name in ("goemotions", "customer"):
        result |= {"macroF1": round(float(f1_of(matrix).mean()), 4), "macroF1Interval": bootstrap(truth, guess), "f1": dict(zip(sets.LABELS, f1_of(matrix).round(4).tolist()))}
    else:
        two = int(((logits[:, 2] > logits[:, 0]) == (truth == 2)).sum())
        result |= {"accuracyTwoWay": round(two / n, 4), "accuracyTwoWayInterval": wilson(two, n)}
    return result


def long_reviews(rows):
    """Reviews of four held-out snippets of one class each, to see that length does no harm."""
    out = []
    for label in (0, 2):
        texts = [style.detokenise(text) for text, found in rows if found == label]
        out += [(" ".join(texts[i : i + 4]), label) for i in range(0, len(texts) - 3, 4)]
    return out


def batch_effect(run, tokens, texts):
    """How far a row moves when it shares a padded batch of 32 unlike rows, against being alone."""
    alone = onnx_run.logits(run, tokens, texts, size=1)
    together = onnx_run.logits(run, tokens, texts, by_length=False)
    gap = np.abs(alone - together)
    flips = float((alone.argmax(-1) != together.argmax(-1)).mean())
    return {"rows": len(texts), "maxLogit": round(float(gap.max()), 4), "meanLogit": round(float(gap.mean()), 4), "maxProbability": round(float(np.abs(softmax(alone, -1) - softmax(together, -1)).max()), 4), "labelChanges": round(flips, 4)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("data", "work", "out"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    options = parser.parse_args()
    export = json.loads((options.work / "export.json").read_text())
    files = {"fp32": options.work / "plain.onnx", "int8": options.out / "onnx" / "model_quantized.onnx"}
    tokens = onnx_run.tokenizer(options.out / "tokenizer.json")
    splits = dict(zip(("dev", "test"), sets.held_out(options.data)))
    for rows in splits.values():
        rows["film-long"] = long_reviews(rows["film"])
    report = {"machine": {"python": platform.python_version(), "onnxruntime": onnxruntime.__version__}, "export": export}
    report["training"] = json.loads((options.work / "training.json").read_text())
    report["trainingRows"] = json.loads((options.work / "counts.json").read_text())
    for dtype, path in files.items():
        run = onnx_run.session(path)
        for split, named in splits.items():
            for name, rows in named.items():
                found = onnx_run.logits(run, tokens, [text for text, _ in rows])
                result = measure(name, found, np.array([label for _, label in rows]), export["temperature"])
                report.setdefault(split, {}).setdefault(name, {})[dtype] = result
                print(split, name, dtype, result.get("macroF1", ""), result["accuracy"], result.get("accuracyTwoWay", ""), flush=True)
        dev = splits["dev"]
        mixed = [text for name in ("goemotions", "film", "customer") for text, _ in dev[name][:256]]
        random.Random(0).shuffle(mixed)
        report.setdefault("batchEffect", {})[dtype] = batch_effect(run, tokens, mixed)
        plain, tagged = (onnx_run.logits(run, tokens, [mention + text for text in mixed]).argmax(-1) for mention in ("", "@OrbitLine "))
        report.setdefault("mentionEffect", {})[dtype] = {"rows": len(mixed), "labelChanges": round(float((plain != tagged).mean()), 4)}
    shipped = sorted(path for path in options.out.rglob("*") if path.suffix in (".onnx", ".json") and path.name not in ("evaluation.json", "quality.json"))
    report["files"] = {str(path.relative_to(options.out)): {"bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in shipped}
    (options.out / "evaluation.json").write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
