"""Infinity, but for one thing: optimum 2 looks for a graph by the name of its file, and infinity-emb 0.0.78 tells it the path.

by_infinity.py MODEL PORT"""

import pathlib
import sys

from infinity_emb import cli
from infinity_emb.transformer.embedder import optimum

found = optimum.get_onnx_files
optimum.get_onnx_files = lambda **options: pathlib.Path(found(**options).name)
model, port = sys.argv[1:3]
sys.argv[1:] = ["v2", "--model-id", model, "--engine", "optimum", "--device", "cpu", "--host", "127.0.0.1", "--port", port]
cli.cli()
