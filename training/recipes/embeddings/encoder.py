"""The encoder in the operators that onnxruntime runs fastest on a CPU.

Skip connections are Sum, not Add: onnxruntime makes Add and LayerNormalization one operator, which takes several times as
long as the two. Attention is spelt out, for the single operators for it were slower on short texts; states are [tokens,
texts, channels], so that FusedMatMul multiplies heads where they lie. Gelu and the products of 8-bit numbers are single
operators; places and the one token type become one table. The scale of a layer's input is fixed, so that no text depends
on its neighbours in a batch."""

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from rounding import whole_weights
from scales import scale

CONTRIB = "com.microsoft"
# Added to the scores of padding: its share is exactly zero after the softmax.
HIDDEN = np.float32(1e9)


class Writer:
    """Nodes and constants in the order they are asked for."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, value):
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def whole(self, *numbers):
        return self.constant(np.array(numbers, np.int64))

    def real(self, value):
        return self.constant(np.asarray(value, np.float32))

    def add(self, kind, inputs, domain="", name=None, **attributes):
        name = name or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def divided(self, states, factors):
        return self.add("Mul", [states, self.real(1 / factors)])

    def products(self, states, scale, layers):
        """Layers, each its weights and bias, of the same states, which are in steps of `scale` already divided by its factors."""
        size, zero = self.real(scale.size), self.constant(np.uint8(scale.zero))
        numbers = self.add("QuantizeLinear", [states, size, zero])
        for weight, bias in layers:
            whole, step = whole_weights(weight)
            inputs = [numbers, self.constant(whole.numpy()), size, self.real(step), zero, self.constant(np.int8(0)), self.real(bias)]
            yield self.add("MatMulIntegerToFloat", inputs, domain=CONTRIB)

    def norm(self, states, parameters, epsilon):
        return self.add("LayerNormalization", [states, *map(self.real, parameters)], axis=-1, epsilon=epsilon)


def embed(graph, source):
    table = source.table("word_embeddings")
    # A scale for each word: one row of the table is one word.
    whole, step = whole_weights(table.t())
    words = graph.add("Transpose", ["input_ids"], perm=[1, 0])
    rows = graph.add("Cast", [graph.add("Gather", [graph.constant(whole.t().numpy()), words])], to=TensorProto.FLOAT)
    steps = graph.add("Gather", [graph.real(step[:, None]), words])
    places = graph.real(source.table("position_embeddings") + source.table("token_type_embeddings")[0])
    places = graph.add("Unsqueeze", [places, graph.whole(1)])
    columns = graph.add("Slice", [graph.add("Shape", ["input_ids"]), graph.whole(1), graph.whole(2)])
    places = graph.add("Slice", [places, graph.whole(0), columns, graph.whole(0)])
    return graph.norm(graph.add("Sum", [graph.add("Mul", [rows, steps]), places]), source.norm("embeddings.LayerNorm"), source.epsilon)


def attend(graph, source, given, layer, states, padding):
    prefix = f"encoder.layer.{layer}.attention"
    size = source.width // source.heads
    query, key, value = (source.linear(f"{prefix}.self.{part}") for part in ("query", "key", "value"))
    output = source.linear(f"{prefix}.output.dense")
    before = scale(given[f"{prefix}.self.query"], [weight for weight, _ in (query, key, value)])
    after = scale(given[f"{prefix}.output.dense"], [output[0]])

    # What the output divides by, the value is made without: the shares between the two mix texts, not channels.
    parts = [(weight * before.factors[:, None], bias) for weight, bias in (query, key, value)]
    parts[0] = tuple(part * size**-0.5 for part in parts[0])
    parts[2] = tuple(part / after.factors for part in parts[2])
    projected = graph.products(graph.divided(states, before.factors), before, parts)

    split = graph.whole(0, 0, source.heads, size)
    query, key, value = (graph.add("Reshape", [each, split]) for each in projected)
    scores = graph.add("FusedMatMul", [query, key], domain=CONTRIB, transBatchA=1, transBatchB=1, transB=1)
    shares = graph.add("Softmax", [graph.add("Add", [scores, padding])], axis=-1)
    mixed = graph.add("FusedMatMul", [shares, value], domain=CONTRIB, transBatchB=1)
    mixed = graph.add("Transpose", [mixed], perm=[2, 0, 1, 3])
    mixed = graph.add("Reshape", [mixed, graph.whole(0, 0, source.width)])
    [mixed] = graph.products(mixed, after, [(output[0] * after.factors[:, None], output[1])])
    return graph.norm(graph.add("Sum", [mixed, states]), source.norm(f"{prefix}.output.LayerNorm"), source.epsilon)


def think(graph, source, given, layer, states):
    prefix = f"encoder.layer.{layer}"
    names = f"{prefix}.intermediate.dense", f"{prefix}.output.dense"
    (first, first_bias), second = map(source.linear, names)
    before = scale(given[names[0]], [first])
    # No factor passes through Gelu.
    after = scale(given[names[1]], [second[0]], smooth=False)
    [inner] = graph.products(graph.divided(states, before.factors), before, [(first * before.factors[:, None], first_bias)])
    [output] = graph.products(graph.add("Gelu", [inner], domain=CONTRIB), after, [second])
    return graph.norm(graph.add("Sum", [output, states]), source.norm(f"{prefix}.output.LayerNorm"), source.epsilon)


@torch.inference_mode()
def write(source, given, path):
    """The mean of the states of real tokens is `sentence_embedding`; `given` are rows of every layer's input."""
    graph = Writer()
    real = graph.add("Cast", ["attention_mask"], to=TensorProto.FLOAT)
    padding = graph.add("Mul", [graph.add("Sub", [real, graph.real(1)]), graph.constant(HIDDEN)])
    padding = graph.add("Unsqueeze", [padding, graph.whole(1, 2)])
    states = embed(graph, source)
    for layer in range(source.layers):
        states = attend(graph, source, given, layer, states, padding)
        states = think(graph, source, given, layer, states)
    total = graph.add("FusedMatMul", [graph.add("Unsqueeze", [real, graph.whole(1)]), states], domain=CONTRIB, transBatchB=1)
    total = graph.add("Squeeze", [total, graph.whole(1)])
    tokens = graph.add("ReduceSum", [real, graph.whole(1)], keepdims=1)
    output = graph.add("Div", [total, tokens], name="sentence_embedding")

    value = helper.make_tensor_value_info
    inputs = [value(name, TensorProto.INT64, ["texts", "tokens"]) for name in ("input_ids", "attention_mask")]
    outputs = [value(output, TensorProto.FLOAT, ["texts", source.width])]
    body = helper.make_graph(graph.nodes, "encoder", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)]
    onnx.save(helper.make_model(body, opset_imports=opsets, ir_version=8, producer_name="parlance"), path)
