"""Beam search by transformers on the logits of the bundled graphs, for real sentences: `beam.json`, which beam.test.ts must meet.

    python3 -m venv v && v/bin/pip install torch transformers==4.57.6 onnxruntime==1.30.0
    v/bin/python make-beam.py ../../../../shared/data/translation/tatoeba-en-es.dev.jsonl.gz

The search is transformers' own; only the forward pass is replaced, so that both sides see the same numbers."""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from transformers import AutoTokenizer, MarianConfig, MarianMTModel
from transformers.modeling_outputs import BaseModelOutput, Seq2SeqLMOutput

here = Path(__file__).parent
folder = here / "../../../models/nmt-en-es"
rows = 200
beams = 4


class Graphs(MarianMTModel):
    """The shell of a Marian model around the two graphs. Reads all that was written at every step: slow, and simple."""

    def attach(self):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.encoder_graph = onnxruntime.InferenceSession(folder / "onnx/encoder.onnx", options)
        self.decoder_graph = onnxruntime.InferenceSession(folder / "onnx/decoder.onnx", options)
        return self

    def read(self, ids):
        names = [output.name for output in self.encoder_graph.get_outputs()]
        mask = np.ones_like(ids)
        self.source = dict(zip(names, self.encoder_graph.run(None, {"input_ids": ids, "attention_mask": mask})))
        self.source["mask"] = mask.astype(np.float32)

    def forward(self, input_ids=None, attention_mask=None, encoder_outputs=None, decoder_input_ids=None, **_):
        tokens = decoder_input_ids.numpy()
        texts = tokens.shape[0]
        wanted = [i.name for i in self.decoder_graph.get_inputs() if i.name.startswith("past_")]
        shape = (texts, self.config.decoder_attention_heads, 0, self.config.d_model // self.config.decoder_attention_heads)
        cache = {name: np.zeros(shape, np.float32) for name in wanted}
        names = [output.name for output in self.decoder_graph.get_outputs()]
        for position in range(tokens.shape[1]):
            feeds = {
                "tokens": tokens[:, position],
                "position": np.array([position]),
                "order": np.arange(texts),
                "count": np.array(1),
                **self.source,
                **cache,
            }
            outputs = dict(zip(names, self.decoder_graph.run(None, feeds)))
            cache = {name: outputs[name.replace("past_", "present_")] for name in wanted}
        return Seq2SeqLMOutput(logits=torch.from_numpy(outputs["logits"])[:, None, :])


def main():
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = Graphs(MarianConfig.from_pretrained(folder)).attach().eval()
    with gzip.open(sys.argv[1], "rt") as file:
        pairs = [json.loads(line) for line in file][:rows]
    answers = []
    for at, pair in enumerate(pairs):
        text = f">>es<< {pair['en']}" if at % 2 == 0 else f">>en<< {pair['es'][0]}"
        ids = tokenizer(text, return_tensors="np").input_ids.astype(np.int64)
        model.read(ids)
        states = BaseModelOutput(last_hidden_state=torch.zeros(1, ids.shape[1], model.config.d_model))
        found = model.generate(
            encoder_outputs=states, attention_mask=torch.ones(1, ids.shape[1], dtype=torch.long), num_beams=beams, max_length=256,
            num_return_sequences=2, bad_words_ids=[[model.config.pad_token_id]], use_cache=False, return_dict_in_generate=True, output_scores=True,
        )  # fmt: skip
        special = {model.config.pad_token_id, model.config.eos_token_id}
        best = [
            {"tokens": [token for token in sequence[1:].tolist() if token not in special], "score": round(score, 5)}
            for sequence, score in zip(found.sequences, found.sequences_scores.tolist())
        ]
        answers.append({"ids": ids[0].tolist(), "best": best})
    lines = ",\n".join(json.dumps(answer) for answer in answers)
    (here / "beam.json").write_text(f"[\n{lines}\n]\n")


main()
