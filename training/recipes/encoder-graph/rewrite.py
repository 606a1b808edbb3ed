"""Rewrites the graph of a bundled encoder, with the same int8 weights, and shows that it says the same.

    python rewrite.py SOURCE.onnx TARGET.onnx

Needs numpy, onnx and onnxruntime in the versions of `../sentiment/requirements.txt`; nothing is written when the two differ."""

import pathlib
import sys

import numpy as np
import onnxruntime

import encoder
from source import Source

# A state that lies between two 8-bit numbers may be rounded the other way, and random ids are no language.
LEAST_COSINE = 0.99


def outputs(path, ids):
    """The pooled vector or the logits of one row of ids."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    row = np.array([ids], np.int64)
    every = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
    result = session.run(None, {each.name: every[each.name] for each in session.get_inputs()})[0][0]
    return result.mean(0) if result.ndim == 2 else result


def main():
    before, after = map(pathlib.Path, sys.argv[1:3])
    draft = after.with_suffix(".draft")
    encoder.write(Source(before), draft)
    random = np.random.default_rng(7)
    for length in (1, 5, 24, 100, 254):
        ids = [101, *random.integers(1000, 30000, length).tolist(), 102]
        old, new = outputs(before, ids), outputs(draft, ids)
        cosine = float(old @ new / np.linalg.norm(old) / np.linalg.norm(new))
        print(f"{length} tokens: cosine {cosine:.6f}, largest difference {np.abs(old - new).max():.5f}")
        if not cosine >= LEAST_COSINE:
            draft.unlink()
            sys.exit(f"the graphs differ: a cosine below {LEAST_COSINE}")
    draft.replace(after)


if __name__ == "__main__":
    main()
