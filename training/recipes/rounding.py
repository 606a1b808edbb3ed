"""How numbers become 8-bit with a scale that stays the same for all inputs (Jacob et al. 2018, arXiv:1712.05877)."""

import torch

STEPS = 255


def grid(low, high):
    """Size of a step, and the step that stands for zero."""
    size = max(high - low, 1e-6) / STEPS
    return size, round(-low / size)


def numbers(values, size, zero):
    return torch.clamp(torch.round(values / size) + zero, 0, STEPS)


def rounded(values, size, zero):
    return (numbers(values, size, zero) - zero) * size


def best_grid(values):
    """The one with the least squared error: it may cut off what is rare and far out."""
    low, high = min(values.min().item(), 0.0), max(values.max().item(), 0.0)
    tried = [grid(low * part, high * part) for part in torch.linspace(0.3, 1, 71).tolist()]
    return min(tried, key=lambda each: (rounded(values, *each) - values).square().mean().item())


def whole_weights(weight):
    """A matrix [inputs, outputs] as int8, and one scale an output."""
    scale = weight.abs().amax(0).clamp(min=1e-8) / 127
    return torch.round(weight / scale).to(torch.int8), scale
