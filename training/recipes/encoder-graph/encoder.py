"""The same encoder in the operators that onnxruntime runs fastest on a CPU.

Skip connections are Sum, not Add: onnxruntime makes Add and LayerNormalization one operator, which takes several times as
long as the two. Attention is spelt out, for the single operators for it were slower on short texts. Gelu and the quantized
products are single operators; places and the one token type become one table."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

CONTRIB = "com.microsoft"
HEADS = 12
EPSILON = 1e-12
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

    def add(self, kind, inputs, outputs=1, domain="", name=None, **attributes):
        names = [name] if name else [f"{kind}_{len(self.nodes)}_{at}" for at in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, name=f"{kind}_{len(self.nodes)}", domain=domain, **attributes))
        return names[0] if len(names) == 1 else names

    def linear(self, states, layer):
        inputs = [states, self.constant(layer.weight), self.constant(layer.scale), "", self.constant(layer.bias)]
        return self.add("DynamicQuantizeMatMul", inputs, domain=CONTRIB)

    def linears(self, states, layers):
        """Several of the same states, which are quantized once."""
        numbers, scale, zero = self.add("DynamicQuantizeLinear", [states], 3)
        for layer in layers:
            inputs = [numbers, self.constant(layer.weight), scale, self.constant(layer.scale), zero, "", self.constant(layer.bias)]
            yield self.add("MatMulIntegerToFloat", inputs, domain=CONTRIB)

    def norm(self, states, parameters):
        weight, bias = map(self.constant, parameters)
        return self.add("LayerNormalization", [states, weight, bias], axis=-1, epsilon=EPSILON)


def embed(graph, source):
    words, scale, zero = map(graph.constant, source.table("word_embeddings"))
    rows = graph.add("DequantizeLinear", [graph.add("Gather", [words, "input_ids"]), scale, zero])
    exact = lambda name: (lambda numbers, by, at: (numbers.astype(np.float32) - at) * by)(*source.table(name))
    places = graph.constant((exact("position_embeddings") + exact("token_type_embeddings")[0]).astype(np.float32))
    columns = graph.add("Slice", [graph.add("Shape", ["input_ids"]), graph.whole(1), graph.whole(2)])
    places = graph.add("Slice", [places, graph.whole(0), columns, graph.whole(0)])
    return graph.norm(graph.add("Sum", [rows, places]), source.norm("embeddings.LayerNorm"))


def attend(graph, source, layer, states, padding, width):
    prefix = f"encoder.layer.{layer}.attention"
    query, key, value = (source.linear[f"{prefix}.self.{part}"] for part in ("query", "key", "value"))
    projected = graph.linears(states, [query.times((width // HEADS) ** -0.5), key, value])
    split = graph.whole(0, 0, HEADS, width // HEADS)
    turns = ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3])
    query, key, value = (
        graph.add("Transpose", [graph.add("Reshape", [each, split])], perm=turn) for each, turn in zip(projected, turns)
    )
    shares = graph.add("Softmax", [graph.add("Add", [graph.add("MatMul", [query, key]), padding])], axis=-1)
    mixed = graph.add("Transpose", [graph.add("MatMul", [shares, value])], perm=[0, 2, 1, 3])
    mixed = graph.add("Reshape", [mixed, graph.whole(0, 0, width)])
    output = graph.linear(mixed, source.linear[f"{prefix}.output.dense"])
    return graph.norm(graph.add("Sum", [output, states]), source.norm(f"{prefix}.output.LayerNorm"))


def think(graph, source, layer, states):
    prefix = f"encoder.layer.{layer}"
    inner = graph.linear(states, source.linear[f"{prefix}.intermediate.dense"])
    output = graph.linear(graph.add("Gelu", [inner], domain=CONTRIB), source.linear[f"{prefix}.output.dense"])
    return graph.norm(graph.add("Sum", [output, states]), source.norm(f"{prefix}.output.LayerNorm"))


def write(source, path):
    """The mean of the states of real tokens is `sentence_embedding`; where the source classifies it, `logits`."""
    graph = Writer()
    width = source.linear["encoder.layer.0.attention.self.query"].weight.shape[0]
    real = graph.add("Cast", ["attention_mask"], to=TensorProto.FLOAT)
    padding = graph.add("Mul", [graph.add("Sub", [real, graph.constant(np.float32(1))]), graph.constant(HIDDEN)])
    padding = graph.add("Unsqueeze", [padding, graph.whole(1, 2)])
    states = embed(graph, source)
    for layer in range(source.layers):
        states = attend(graph, source, layer, states, padding, width)
        states = think(graph, source, layer, states)
    total = graph.add("MatMul", [graph.add("Unsqueeze", [real, graph.whole(1)]), states])
    total = graph.add("Squeeze", [total, graph.whole(1)])
    tokens = graph.add("ReduceSum", [real, graph.whole(1)], keepdims=1)
    head = source.linear.get("classifier")
    output, size = ("logits", len(head.bias)) if head else ("sentence_embedding", width)
    mean = graph.add("Div", [total, tokens], name=None if head else output)
    if head:
        graph.add("Gemm", [mean, graph.constant(head.weight * head.scale), graph.constant(head.bias)], name=output)
    value = helper.make_tensor_value_info
    inputs = [value(name, TensorProto.INT64, ["texts", "tokens"]) for name in ("input_ids", "attention_mask")]
    body = helper.make_graph(graph.nodes, "encoder", inputs, [value(output, TensorProto.FLOAT, ["texts", size])], graph.constants)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)]
    onnx.save(helper.make_model(body, opset_imports=opsets, ir_version=8, producer_name="parlance"), path)
