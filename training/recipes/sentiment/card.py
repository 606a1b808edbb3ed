"""Fills `card.md` with the numbers of `evaluation.json` and writes the model card, README.md."""

import argparse
import json
import pathlib

HERE = pathlib.Path(__file__).parent
LABELS = ("negative", "neutral", "positive")


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def with_interval(result, key):
    low, high = result[key + "Interval"]
    return f"{result[key]:.3f} ({low:.3f}–{high:.3f})"


def main_table(report):
    rows = []
    for split, name, title, key, label in (
        ("test", "goemotions", "GoEmotions test", "macroF1", "macro-F1"),
        ("test", "film", "Film snippets test (bucket 0)", "accuracy", "accuracy, argmax"),
        ("test", "film", "Film snippets test (bucket 0)", "accuracyTwoWay", "accuracy, two-way"),
        ("test", "film-long", "Film, long, test", "accuracy", "accuracy, argmax"),
        ("test", "product", "Product sentences test (bucket 0)", "accuracy", "accuracy, argmax"),
        ("test", "product", "Product sentences test (bucket 0)", "accuracyTwoWay", "accuracy, two-way"),
        ("dev", "goemotions", "GoEmotions dev", "macroF1", "macro-F1"),
        ("dev", "film", "Film snippets dev (bucket 1)", "accuracy", "accuracy, argmax"),
        ("dev", "film", "Film snippets dev (bucket 1)", "accuracyTwoWay", "accuracy, two-way"),
        ("dev", "customer", "Customer dev", "macroF1", "macro-F1"),
    ):
        found = report[split][name]
        rows.append([title, found["int8"]["rows"], label, with_interval(found["fp32"], key), with_interval(found["int8"], key)])
    return table(["set", "rows", "measure", "fp32", "int8"], rows)


def requests_table(report):
    rows = []
    for split in ("dev", "test"):
        for name, found in report[split].items():
            if name.startswith("requests"):
                n, said = found["int8"]["rows"], found["int8"]["predicted"]
                rows.append([f"{name.removeprefix('requests-')} ({split})", n, f"{said['negative'] / n:.1%}", f"{said['positive'] / n:.1%}"])
    return table(["set", "rows", "negative", "positive"], rows)


def confusion(found):
    return table(["", *LABELS], [[f"**{label}**", *row] for label, row in zip(LABELS, found["confusion"])])


def f1(found):
    return ", ".join(f"{label} {value:.3f}" for label, value in found["f1"].items())


def quality(report):
    """The figures the catalogue shows, measured on the shipped int8 file."""
    shown = (
        ("goemotions", "macroF1", "GoEmotions test, rows with one label", "macro-F1"),
        ("film", "accuracyTwoWay", "sentence polarity, held-out bucket", "accuracy, positive against negative"),
        ("film", "accuracy", "sentence polarity, held-out bucket", "accuracy, neutral counts as wrong"),
        ("product", "accuracyTwoWay", "product review sentences, held-out bucket", "accuracy, positive against negative"),
    )
    found = [(report["test"][name]["int8"], key, dataset, metric) for name, key, dataset, metric in shown]
    return [
        {"dataset": dataset, "metric": metric, "value": row[key], "low": row[key + "Interval"][0], "high": row[key + "Interval"][1], "rows": row["rows"]}
        for row, key, dataset, metric in found
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    out = parser.parse_args().out
    report = json.loads((out / "evaluation.json").read_text())
    export, training = report["export"], report["training"]
    chosen, speed = export["chosen"], export["textsPerSecond"]
    dev, test, batch = report["dev"], report["test"], report["batchEffect"]
    rows = [[source, *found] for source, found in report["trainingRows"].items()]
    rows.append(["**all**", *(sum(found[i] for found in report["trainingRows"].values()) for i in range(3))])
    scored = [name for name in dev if not name.startswith("requests") and name != "film-long"]
    values = {
        "size": f"{report['files']['onnx/model_quantized.onnx']['bytes'] / 1e6:.1f}",
        "speed": speed[f"{chosen}-int8"],
        "teacher": training["teacher"],
        "seed": training["settings"]["seed"],
        "main_table": main_table(report),
        "f1_test": f1(test["goemotions"]["int8"]),
        "confusion_goemotions": confusion(test["goemotions"]["int8"]),
        "f1_customer": f1(dev["customer"]["int8"]),
        "confusion_customer": confusion(dev["customer"]["int8"]),
        "requests_table": requests_table(report),
        "drop": f"{export['int8Drop']['goemotions'] * 100:.2f}",
        "drop_film": f"{export['int8Drop']['film'] * 100:.2f}",
        "gate": f"{export['gate'] * 100:.1f}",
        "temperature": export["temperature"],
        "ece": "; ".join(f"{split} {name} {found['int8']['eceBeforeTemperature']:.3f} → {found['int8']['ece']:.3f}" for split, part in (("dev", dev), ("test", test)) for name, found in part.items() if name in scored),
        "batch_rows": batch["int8"]["rows"],
        "batch_max": batch["int8"]["maxLogit"],
        "batch_mean": batch["int8"]["meanLogit"],
        "batch_probability": batch["int8"]["maxProbability"],
        "batch_flips": f"{batch['int8']['labelChanges'] * 100:.1f}",
        "batch_fp32": batch["fp32"]["maxLogit"],
        "mention": f"{report['mentionEffect']['int8']['labelChanges'] * 100:.1f}",
        "speeds": ", ".join(f"{name} {value}" for name, value in speed.items()),
        "chosen": f"{chosen}-int8",
        "rows_table": table(["source", *LABELS], rows),
        "settings": ", ".join(f"{key} {value}" for key, value in training["settings"].items()) + f"; {training['steps']} steps",
        "epochs_table": table(["epoch", "step", "loss", *training["epochs"][0]["dev"]], [[e["epoch"], e["step"], e["loss"], *e["dev"].values()] for e in training["epochs"]]),
    }
    (out / "quality.json").write_text(json.dumps(quality(report), indent=1) + "\n")
    (out / "README.md").write_text((HERE / "card.md").read_text().format(**values))


if __name__ == "__main__":
    main()
