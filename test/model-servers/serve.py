"""Triton with an encoder made of arithmetic, until it is told to stop: python serve.py <port> <workspace>."""

import sys

import numpy as np
from pytriton.decorators import batch
from pytriton.model_config import ModelConfig, Tensor
from pytriton.triton import Triton, TritonConfig

WIDTH = 8


def states(input_ids, attention_mask):
    """The same for a text whatever it is padded with, and another for another text."""
    places = np.arange(1, input_ids.shape[1] + 1)
    seeds = (input_ids.astype(np.int64) * attention_mask * places).sum(axis=1)
    values = np.cos(seeds[:, None] * np.arange(1, WIDTH + 1) / 1000)
    return np.repeat(values[:, None, :], input_ids.shape[1], axis=1)


@batch
def encoder(input_ids, attention_mask, token_type_ids):
    return [states(input_ids, attention_mask).astype(np.float32)]


@batch
def half(input_ids, attention_mask):
    return [states(input_ids, attention_mask).astype(np.float16)]


@batch
def broken(input_ids, attention_mask):
    raise ValueError("broken on purpose")


def tokens(*names, dtype=np.int64):
    return [Tensor(name=name, dtype=dtype, shape=(-1,)) for name in names]


def output(dtype):
    return [Tensor(name="last_hidden_state", dtype=dtype, shape=(-1, WIDTH))]


port, workspace = int(sys.argv[1]), sys.argv[2]
addresses = {"http_address": "127.0.0.1", "http_port": port, "grpc_port": port + 1, "metrics_port": port + 2}
masked = ("input_ids", "attention_mask")
with Triton(config=TritonConfig(**addresses), workspace=workspace) as triton:
    all_of_bert = tokens(*masked, "token_type_ids")
    triton.bind("encoder", encoder, all_of_bert, output(np.float32), config=ModelConfig(max_batch_size=4))
    triton.bind("half", half, tokens(*masked, dtype=np.int32), output(np.float16), config=ModelConfig(max_batch_size=4))
    triton.bind("broken", broken, tokens(*masked), output(np.float32), config=ModelConfig(max_batch_size=4))
    triton.serve()
