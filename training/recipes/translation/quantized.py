"""Products of 8-bit numbers with fixed scales: what a layer's input is rounded to is found beforehand, on training sentences.

A scale for each layer and not for each batch, so that a text's translation does not depend on its neighbours."""

import torch
from torch import nn

from rounding import best_grid, numbers, whole_weights


class Reach:
    """The values that a layer was given: a sample of them, and their ends."""

    kept = 1 << 14

    def __init__(self):
        self.samples = []

    def see(self, values):
        flat = values.detach().flatten()
        chosen = torch.randint(flat.numel(), (min(self.kept, flat.numel()),))
        self.samples.append(torch.cat([flat[chosen], flat.amin()[None], flat.amax()[None]]))

    def grid(self):
        return best_grid(torch.cat(self.samples))


class IntegerProduct(torch.autograd.Function):
    @staticmethod
    def forward(_, states, weight, size, scale, zero, middle, bias):
        exact = (numbers(states, size.item(), zero.item()) - zero.item()) @ weight.float()
        return exact * (size * scale) + bias

    @staticmethod
    def symbolic(graph, states, weight, size, scale, zero, middle, bias):
        whole = graph.op("QuantizeLinear", states, size, zero)
        return graph.op("com.microsoft::MatMulIntegerToFloat", whole, weight, size, scale, zero, middle, bias)


class Product(nn.Module):
    """A linear layer with int8 weights, one scale an output, and uint8 inputs."""

    def __init__(self, weight, bias, size, zero):
        """weight [inputs, outputs], bias [outputs]."""
        super().__init__()
        whole, scale = whole_weights(weight.detach())
        self.register_buffer("weight", whole)
        self.register_buffer("scale", scale)
        self.register_buffer("bias", bias.detach().clone())
        self.register_buffer("size", torch.tensor(size))
        self.register_buffer("zero", torch.tensor(zero, dtype=torch.uint8))
        self.register_buffer("middle", torch.tensor(0, dtype=torch.int8))

    def forward(self, states):
        return IntegerProduct.apply(states, self.weight, self.size, self.scale, self.zero, self.middle, self.bias)


def reaches(model, tokenizer, pairs, batch=32):
    """What each linear layer is given when the model reads pairs of a source, with its direction, and a target."""
    found, hooks = {}, []
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear):
            found[name] = Reach()
            hooks.append(module.register_forward_pre_hook(lambda _, inputs, reach=found[name]: reach.see(inputs[0])))
    torch.manual_seed(0)
    with torch.inference_mode():
        for at in range(0, len(pairs), batch):
            feed(model, tokenizer, pairs[at : at + batch])
    for hook in hooks:
        hook.remove()
    return found


def feed(model, tokenizer, pairs):
    """Has the model read the targets, each token after those before it."""
    encode = lambda texts: tokenizer(texts, padding=True, return_tensors="pt")
    source, target = encode([source for source, _ in pairs]), encode([target for _, target in pairs])
    begun = torch.cat([torch.full((len(pairs), 1), model.config.decoder_start_token_id), target["input_ids"][:, :-1]], 1)
    model(input_ids=source["input_ids"], attention_mask=source["attention_mask"], decoder_input_ids=begun)


def quantize(model, found):
    """Puts a product in the place of every linear layer; one that nothing was seen of is given what its query is."""
    linears = [(name, module) for name, module in model.named_modules() if isinstance(module, nn.Linear)]
    for name, linear in linears:
        parent, _, own = name.rpartition(".")
        reach = found.get(name) or found[f"{parent}.q_proj"]
        bias = linear.bias if linear.bias is not None else torch.zeros(linear.out_features)
        setattr(model.get_submodule(parent), own, Product(linear.weight.t(), bias, *reach.grid()))
