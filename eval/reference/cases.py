"""What the generators share: the seed, and files of one case a line, so that a change can be read."""

import json
import pathlib
import random

HERE = pathlib.Path(__file__).parent


def source(name):
    """Numbers that are the same on every machine."""
    return random.Random(f"parlance {name}")


def write(name, **cases):
    """Writes `<name>.json`: lists of cases by what they are cases of."""
    lists = [
        f"{json.dumps(key)}: [\n" + ",\n".join(json.dumps(case, ensure_ascii=False) for case in of) + "\n]"
        for key, of in cases.items()
    ]
    (HERE / f"{name}.json").write_text("{\n" + ",\n".join(lists) + "\n}\n", encoding="utf-8")
    print(name, {key: len(of) for key, of in cases.items()})
