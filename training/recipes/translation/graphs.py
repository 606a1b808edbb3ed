"""The two graphs of a Marian model that Parlance decodes with (inference/generation/fused.ts).

The encoder gives, for each decoder layer, the keys and values of the source. The decoder makes one step for all rows: it brings its cache
into the order of the beams itself, attends to one source for all beams of a text, and ranks the tokens, so that between two steps only a few
numbers leave the graph."""

import torch
from torch import nn

from rounding import whole_weights


class Lookup(nn.Module):
    """Rows of an embedding, times the square root of their width where the model scales them."""

    def __init__(self, weight, factor):
        super().__init__()
        # A scale a row: rows are looked up, not multiplied.
        rows, scale = whole_weights(weight.detach().t())
        self.register_buffer("rows", rows.t().contiguous())
        self.register_buffer("scale", scale[:, None] * factor)

    def forward(self, tokens):
        return self.rows[tokens].float() * self.scale[tokens]


class SourceEncoder(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.encoder = model.get_encoder()
        self.layers = model.model.decoder.layers
        self.heads = model.config.decoder_attention_heads
        self.embed = Lookup(self.encoder.embed_tokens.weight, self.encoder.embed_scale)

    def forward(self, input_ids, attention_mask):
        # Scaled by the lookup; the encoder would do it only to tokens.
        states = self.encoder(inputs_embeds=self.embed(input_ids), attention_mask=attention_mask).last_hidden_state
        outputs = []
        for layer in self.layers:
            attention = layer.encoder_attn
            split = lambda each: each.view(each.shape[0], -1, self.heads, each.shape[2] // self.heads)
            outputs.append(split(attention.k_proj(states)).permute(0, 2, 3, 1).contiguous())
            outputs.append(split(attention.v_proj(states)).transpose(1, 2).contiguous())
        return tuple(outputs)


def merge(model):
    """Gives the self-attention of each decoder layer one product for query, key and value, and the last product the bias of the logits."""
    model.lm_head.bias = nn.Parameter(model.final_logits_bias[0])
    for layer in model.model.decoder.layers:
        own = layer.self_attn
        merged = nn.Linear(own.embed_dim, 3 * own.embed_dim)
        merged.weight.data = torch.cat([own.q_proj.weight * own.scaling, own.k_proj.weight, own.v_proj.weight]).detach()
        merged.bias.data = torch.cat([own.q_proj.bias * own.scaling, own.k_proj.bias, own.v_proj.bias]).detach()
        own.projections = merged


class DecoderStep(nn.Module):
    """Rows are the beams of all texts, as many for each text and side by side."""

    def __init__(self, model, banned):
        super().__init__()
        decoder = model.model.decoder
        self.width = model.config.d_model
        self.heads = model.config.decoder_attention_heads
        self.layers = decoder.layers
        self.embed = Lookup(decoder.embed_tokens.weight, decoder.embed_scale)
        self.register_buffer("positions", decoder.embed_positions.weight.detach())
        self.output = model.lm_head
        self.register_buffer("banned", torch.tensor(banned))

    def forward(self, tokens, position, order, mask, count, *cache):
        """tokens, order [rows]; position [1]; mask [texts, source], 1 for real; count []; for each layer past key and value
        [rows before, heads, past, head width], source key [texts, heads, head width, source] and value [texts, heads, source, head width]."""
        rows, texts = tokens.shape[0], mask.shape[0]
        head = self.width // self.heads
        hidden = self.embed(tokens) + self.positions[position]
        padding = ((1 - mask) * -1e9)[:, None, None, :]
        present = []
        for at, layer in enumerate(self.layers):
            past_key, past_value, source_key, source_value = cache[at * 4 : at * 4 + 4]
            projected = layer.self_attn.projections(hidden)
            query, key, value = (each.view(rows, self.heads, 1, head) for each in projected.split(self.width, dim=-1))
            key = torch.cat([past_key.index_select(0, order), key], 2)
            value = torch.cat([past_value.index_select(0, order), value], 2)
            present += [key, value]
            attended = torch.softmax(query @ key.transpose(2, 3), -1) @ value
            hidden = layer.self_attn_layer_norm(hidden + layer.self_attn.out_proj(attended.reshape(rows, self.width)))
            cross = layer.encoder_attn
            query = (cross.q_proj(hidden) * cross.scaling).view(texts, -1, self.heads, head).transpose(1, 2)
            attended = torch.softmax(query @ source_key + padding, -1) @ source_value
            attended = attended.transpose(1, 2).reshape(rows, self.width)
            hidden = layer.encoder_attn_layer_norm(hidden + cross.out_proj(attended))
            hidden = layer.final_layer_norm(hidden + layer.fc2(layer.activation_fn(layer.fc1(hidden))))
        logits = self.output(hidden)
        # What is banned loses its chance after the probabilities are made, as in transformers. There are few: a sum over all would cost more.
        ranked, best = torch.topk(torch.log_softmax(logits, -1), count + len(self.banned))
        ranked = ranked.masked_fill((best[:, :, None] == self.banned).any(-1), float("-inf"))
        ranked, at = torch.topk(ranked, count)
        return (logits, ranked, best.gather(1, at), *present)


def inputs_of(layers, heads, head):
    """Example inputs of the decoder with their names and the names of the sizes that vary."""
    texts, beams, source, past = 2, 2, 4, 3
    rows = texts * beams
    named = {
        "tokens": (torch.arange(rows) + 5, {0: "rows"}),
        "position": (torch.tensor([past]), {}),
        "order": (torch.arange(rows), {0: "rows"}),
        "mask": (torch.ones(texts, source), {0: "texts", 1: "source"}),
        "count": (torch.tensor(4), {}),
    }
    for at in range(layers):
        for kind in ("key", "value"):
            named[f"past_{kind}.{at}"] = (torch.randn(rows, heads, past, head), {0: "before", 2: "past"})
        named[f"source_key.{at}"] = (torch.randn(texts, heads, head, source), {0: "texts", 3: "source"})
        named[f"source_value.{at}"] = (torch.randn(texts, heads, source, head), {0: "texts", 2: "source"})
    return named
