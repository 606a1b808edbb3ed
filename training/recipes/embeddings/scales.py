"""With what factors and in what steps the input of a layer becomes 8-bit: chosen by how far off the layer's output then is.

A channel that is often large has a small factor and its weights a large one, so that one scale fits all channels better
(SmoothQuant, Xiao et al. 2022, arXiv:2211.10438). Only where the factor costs nothing or one product a layer norm."""

import dataclasses

import torch

from rounding import best_grid, rounded, whole_weights

# How much of the unevenness goes into the weights: none to nearly all.
STRENGTHS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
SAMPLED = 1 << 15


@dataclasses.dataclass
class Scale:
    """What the input is divided by, [channels], and the steps of the quotient: their size, and which of them is zero."""

    factors: torch.Tensor
    size: float
    zero: int


def scale(rows, weights, smooth=True):
    """For layers that share an input: rows of it, [rows, channels], and the weights of each, [channels, outputs]."""
    together = torch.cat(weights, 1)
    tried = [at_strength(rows, together, strength) for strength in (STRENGTHS if smooth else STRENGTHS[:1])]
    return min(tried, key=lambda each: error(rows, together, each))


def at_strength(rows, weight, strength):
    reach, need = rows.abs().amax(0).clamp(min=1e-5), weight.abs().amax(1).clamp(min=1e-5)
    factors = reach**strength / need ** (1 - strength) if strength else torch.ones_like(reach)
    factors = factors / factors.log().mean().exp()
    return Scale(factors, *best_grid(sample(rows / factors)))


def sample(values):
    """Enough of them to know their spread by, and both ends."""
    flat = values.flatten()
    drawn = torch.randint(len(flat), (SAMPLED,), generator=torch.Generator().manual_seed(0))
    return torch.cat([flat[drawn], flat.amin()[None], flat.amax()[None]])


def error(rows, weight, scale):
    """Mean squared difference of the output, weights and input both 8-bit."""
    whole, step = whole_weights(weight * scale.factors[:, None])
    given = rounded(rows / scale.factors, scale.size, scale.zero)
    return ((given @ (whole * step)) - rows @ weight).square().mean().item()
