"""Products of 8-bit numbers with fixed scales: what a layer's input is rounded to is found beforehand, on training sentences.

A scale for each layer and not for each batch, so that a text's translation does not depend on its neighbours (Jacob et al. 2018,
arXiv:1712.05877). The ends of a range are where the mean squared error of rounding is least."""

import torch
from torch import nn

steps = 255


class Reach:
    """The values that a layer was given: a sample of them, and their ends."""

    kept = 1 << 14

    def __init__(self):
        self.samples = []

    def see(self, values):
        flat = values.detach().flatten()
        chosen = torch.randint(flat.numel(), (min(self.kept, flat.numel()),))
        self.samples.append(torch.cat([flat[chosen], flat.amin()[None], flat.amax()[None]]))

    def scale(self):
        """Size of a step, and the step that stands for zero."""
        values = torch.cat(self.samples)
        low, high = min(values.min().item(), 0.0), max(values.max().item(), 0.0)
        tried = [grid(low * part, high * part) for part in torch.linspace(0.3, 1, 71).tolist()]
        error = lambda size, zero: (rounded(values, size, zero) - values).square().mean().item()
        return min(tried, key=lambda each: error(*each))


def grid(low, high):
    size = max(high - low, 1e-6) / steps
    return size, round(-low / size)


def numbers(values, size, zero):
    return torch.clamp(torch.round(values / size) + zero, 0, steps)


def rounded(values, size, zero):
    return (numbers(values, size, zero) - zero) * size


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
        scale = weight.detach().abs().amax(0).clamp(min=1e-8) / 127
        self.register_buffer("weight", torch.round(weight.detach() / scale).to(torch.int8))
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
    """Logits of the targets, and where they are real."""
    encode = lambda texts: tokenizer(texts, padding=True, return_tensors="pt")
    source, target = encode([source for source, _ in pairs]), encode([target for _, target in pairs])
    begun = torch.cat([torch.full((len(pairs), 1), model.config.decoder_start_token_id), target["input_ids"][:, :-1]], 1)
    output = model(input_ids=source["input_ids"], attention_mask=source["attention_mask"], decoder_input_ids=begun)
    return output.logits, target["attention_mask"].bool()


def quantize(model, found):
    """Puts a product in the place of every linear layer; one that nothing was seen of is given what its query is."""
    linears = [(name, module) for name, module in model.named_modules() if isinstance(module, nn.Linear)]
    for name, linear in linears:
        parent, _, own = name.rpartition(".")
        reach = found.get(name) or found[f"{parent}.q_proj"]
        bias = linear.bias if linear.bias is not None else torch.zeros(linear.out_features)
        setattr(model.get_submodule(parent), own, Product(linear.weight.t(), bias, *reach.scale()))
