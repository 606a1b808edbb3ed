"""How close the bundled int8 embeddings are to the fp32 model they were made from; writes `quality.json`, and the vectors
that the tests compare ours with.

    python measure.py --data ../../../../shared/data
"""

import argparse
import gzip
import json
import pathlib

import numpy as np
import onnxruntime

from source import Source

ROOT = pathlib.Path(__file__).resolve().parents[3]
MODEL = ROOT / "models" / "all-MiniLM-L6-v2"
GRAPH = MODEL / "onnx" / "model_quantized.onnx"
VECTORS = ROOT / "test" / "fixtures" / "minilm-vectors.json"
ROWS = 1000


def read(data, name):
    with gzip.open(data / f"{name}.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


def development_texts(data, count):
    return [row["text"] for row in read(data, "sentiment/goemotions.dev")[:count]]


def vectors(source, graph, texts):
    """What a graph gives each text alone."""
    session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
    for text in texts:
        given = source.encode([text])
        yield session.run(None, {each.name: given[each.name].numpy() for each in session.get_inputs()})[0][0]


def cosines(source, graph, texts):
    """Of each text's vector and the one of fp32."""
    exact = source.vectors(texts).numpy()
    return [float(a @ b / np.linalg.norm(a) / np.linalg.norm(b)) for a, b in zip(exact, vectors(source, graph, texts))]


def quality(source, data):
    close = cosines(source, GRAPH, development_texts(data, ROWS))
    means = np.random.default_rng(7).choice(close, (1000, len(close))).mean(1)
    low, high = np.quantile(means, (0.025, 0.975))
    row = {"dataset": "GoEmotions dev, first 1,000 rows", "metric": "mean cosine to the fp32 vectors", "value": np.mean(close), "low": low, "high": high}
    row = {key: value if isinstance(value, str) else round(float(value), 4) for key, value in row.items()}
    (MODEL / "quality.json").write_text(json.dumps([{**row, "rows": len(close)}], indent=1) + "\n")
    print(row, "lowest", min(close))


def golden(source):
    """The same texts as before, at unit length."""
    kept = json.loads(VECTORS.read_text())
    texts = [row["text"] for row in kept["rows"]]
    rows = [{"text": text, "vector": (vector / np.linalg.norm(vector)).astype(float).round(5).tolist()} for text, vector in zip(texts, vectors(source, GRAPH, texts))]
    VECTORS.write_text(json.dumps({"source": kept["source"], "rows": rows}, ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    source = Source()
    quality(source, parser.parse_args().data)
    golden(source)


if __name__ == "__main__":
    main()
