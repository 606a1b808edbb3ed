"""The same sentences by CTranslate2 in int8, from the same weights: `{beams: tokens a second}` as JSON, the better of one process of two threads and
two workers of one.

    by_ctranslate2.py MODEL SENTENCES.json BEAMS..."""

import json
import sys
import tempfile
import time
from pathlib import Path

import ctranslate2
from ctranslate2.converters import TransformersConverter
from transformers import AutoTokenizer

model, sentences = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())
tokenizer = AutoTokenizer.from_pretrained(model)
with tempfile.TemporaryDirectory() as folder:
    out = TransformersConverter(str(model)).convert(f"{folder}/model", quantization="int8")
    tokens = [tokenizer.convert_ids_to_tokens(tokenizer(text).input_ids) for text in sentences]
    figures = {}
    for beams in map(int, sys.argv[3:]):
        speeds = []
        for inter, intra in ((2, 1), (1, 2)):
            translator = ctranslate2.Translator(out, inter_threads=inter, intra_threads=intra, compute_type="int8")
            run = lambda: translator.translate_batch(tokens, beam_size=beams, max_batch_size=32, batch_type="examples")
            run()
            for _ in range(2):
                began = time.perf_counter()
                results = run()
                written = sum(len(result.hypotheses[0]) for result in results)
                speeds.append(written / (time.perf_counter() - began))
        figures[beams] = round(max(speeds))
    print(json.dumps(figures))
