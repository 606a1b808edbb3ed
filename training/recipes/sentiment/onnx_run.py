"""Runs the exported file as the service does: onnxruntime on CPU, padded batches, int64 inputs."""

import time

import numpy as np
import onnxruntime
import tokenizers

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
LIMIT = 256


def session(path, threads=2):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def tokenizer(path):
    """A fast tokenizer with truncation; padding is done in `feed`."""
    tokens = tokenizers.Tokenizer.from_file(str(path))
    tokens.no_padding()
    tokens.enable_truncation(LIMIT)
    return tokens


def feed(ids):
    width = max(map(len, ids))
    padded = np.array([row + [0] * (width - len(row)) for row in ids], dtype=np.int64)
    mask = np.array([[1] * len(row) + [0] * (width - len(row)) for row in ids], dtype=np.int64)
    return dict(zip(INPUTS, (padded, mask, np.zeros_like(padded))))


def logits(run, tokens, texts, size=32, by_length=True):
    """Logits in the order of `texts`; batches of like length, or as they come."""
    ids = [encoding.ids for encoding in tokens.encode_batch(list(texts))]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i])) if by_length else list(range(len(ids)))
    out = np.zeros((len(ids), 3), dtype=np.float32)
    for start in range(0, len(order), size):
        part = order[start : start + size]
        out[part] = run.run(["logits"], feed([ids[i] for i in part]))[0]
    return out


def texts_per_second(paths, rounds=12):
    """Best of `rounds` for each file, in turn: batches of 32 texts of 24 tokens, one thread."""
    ids = np.random.default_rng(0).integers(1000, 30000, (32, 24)).tolist()
    runs, best = {name: session(path, 1) for name, path in paths.items()}, dict.fromkeys(paths, 1e9)
    for round_ in range(rounds + 1):
        for name, run in runs.items():
            begun = time.perf_counter()
            run.run(["logits"], feed(ids))
            if round_:
                best[name] = min(best[name], time.perf_counter() - begun)
    return {name: round(32 / seconds) for name, seconds in best.items()}
