"""From a Marian model in the Hugging Face layout to the graphs, tokenizer and settings that Parlance serves.

    export.py --model DIR --data DIR --out DIR
    export.py --model DIR --fp32 --out DIR

Products become products of 8-bit numbers with scales found on training sentences (quantized.py), so that a text's translation does not depend on
what it is batched with. `--fp32` leaves them as they are: the yardstick."""

import argparse
import json
import random
import shutil
import sys
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization.onnx_model import ONNXModel
from transformers import AutoTokenizer, MarianMTModel

sys.path.append(str(Path(__file__).resolve().parents[1]))

import data as sets
from graphs import DecoderStep, SourceEncoder, inputs_of, merge
from quantized import quantize, reaches

# Pairs of each set that scales are found on.
sample = 300
kept = ["config.json", "generation_config.json", "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json"]


def export_encoder(model, path):
    layers = model.config.decoder_layers
    names = [f"source_{kind}.{at}" for at in range(layers) for kind in ("key", "value")]
    varying = {name: {0: "texts", 3 if "key" in name else 2: "source"} for name in names}
    for name in ("input_ids", "attention_mask"):
        varying[name] = {0: "texts", 1: "source"}
    tokens = torch.tensor([[5, 6, 7, 0], [8, 9, 0, 0]])
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    write(SourceEncoder(model), (tokens, mask), path, ["input_ids", "attention_mask"], names, varying)


def export_decoder(model, banned, path):
    config = model.config
    heads = config.decoder_attention_heads
    named = inputs_of(config.decoder_layers, heads, config.d_model // heads)
    presents = [f"present_{kind}.{at}" for at in range(config.decoder_layers) for kind in ("key", "value")]
    outputs = ["logits", "top_log_probabilities", "top_tokens", *presents]
    varying = {name: sizes for name, (_, sizes) in named.items() if sizes}
    varying |= {name: {0: "rows", 2: "length"} if name in presents else {0: "rows"} for name in outputs}
    examples = tuple(example for example, _ in named.values())
    write(DecoderStep(model, banned), examples, path, list(named), outputs, varying)


def write(module, examples, path, inputs, outputs, varying):
    with torch.no_grad():
        torch.onnx.export(
            module.eval(), examples, str(path), dynamo=False, opset_version=17, autograd_inlining=False,
            input_names=inputs, output_names=outputs, dynamic_axes=varying,
        )  # fmt: skip
    graph = ONNXModel(onnx.load(path))
    graph.replace_gemm_with_matmul()
    onnx.save(graph.model, path)
    onnx.checker.check_model(onnx.load(path))


def seen(data):
    """Training pairs of every set, both ways."""
    train, _ = sets.load(data)
    rng = random.Random(0)
    pairs = [pair for each in train.values() for pair in rng.sample(each, sample)]
    return [(f">>es<< {english}", spanish) for english, spanish in pairs] + [(f">>en<< {spanish}", english) for english, spanish in pairs]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--model", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--data", type=Path)
    options.add_argument("--fp32", action="store_true")
    asked = options.parse_args()
    model = MarianMTModel.from_pretrained(asked.model, attn_implementation="eager").eval()
    found = None if asked.fp32 else reaches(model, AutoTokenizer.from_pretrained(asked.model), seen(asked.data))
    merge(model)
    if found:
        quantize(model, found)
    generation = json.loads((asked.model / "generation_config.json").read_text())
    banned = [word[0] for word in generation.get("bad_words_ids") or [] if len(word) == 1]
    (asked.out / "onnx").mkdir(parents=True, exist_ok=True)
    encoder, decoder = asked.out / "onnx/encoder.onnx", asked.out / "onnx/decoder.onnx"
    export_encoder(model, encoder)
    export_decoder(model, banned, decoder)
    for path in (encoder, decoder):
        print(path.name, path.stat().st_size)
    for name in kept:
        shutil.copyfile(asked.model / name, asked.out / name)


if __name__ == "__main__":
    main()
