"""What a BERT-shaped int8 graph is made of, read from a file that quantize_dynamic wrote: nothing is computed anew."""

import dataclasses

import numpy as np
import onnx
from onnx import numpy_helper


@dataclasses.dataclass
class Linear:
    """int8 [inputs, outputs], one scale an output; the zero points are zero."""

    weight: np.ndarray
    scale: np.ndarray
    bias: np.ndarray

    def times(self, factor):
        return Linear(self.weight, self.scale * np.float32(factor), self.bias * np.float32(factor))


class Source:
    """Layers and tables under the names of Hugging Face's BertModel."""

    def __init__(self, path):
        graph = onnx.load(path).graph
        self.tables = {name.removeprefix("bert."): value for name, value in self._values(graph).items()}
        self.linear = dict(self._linear(graph, self._values(graph)))
        self.layers = 1 + max(int(name.split(".")[2]) for name in self.linear if name.startswith("encoder.layer."))

    @staticmethod
    def _values(graph):
        return {each.name: numpy_helper.to_array(each) for each in graph.initializer}

    @staticmethod
    def _linear(graph, values):
        """Each MatMulInteger with what follows it: a cast, the product of both scales, a bias that names the layer."""
        made_by = {output: node for node in graph.node for output in node.output}
        readers = {name: node for node in graph.node for name in node.input}
        constant = lambda node: next(name for name in node.input if name in values)
        for node in graph.node:
            if node.op_type != "MatMulInteger":
                continue
            cast = readers[node.output[0]]
            scaled = readers[cast.output[0]]
            scales = made_by[next(name for name in scaled.input if name != cast.output[0])]
            bias = constant(readers[scaled.output[0]])
            if values[node.input[3]].any():
                raise SystemExit(f"the weights of {bias} have zero points other than zero")
            name = bias.removeprefix("bert.").removesuffix(".bias")
            yield name, Linear(values[node.input[1]], values[constant(scales)], values[bias])

    def table(self, name):
        """An embedding table as it was quantized: uint8, scale, zero point."""
        return tuple(self.tables[f"embeddings.{name}.weight_{part}"] for part in ("quantized", "scale", "zero_point"))

    def norm(self, name):
        return self.tables[f"{name}.weight"], self.tables[f"{name}.bias"]
