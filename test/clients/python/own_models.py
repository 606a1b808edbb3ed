"""What huggingface_hub's client makes of models of one's own. Prints one line for each thing that is as it should be."""

import os

from huggingface_hub import InferenceClient

from said import done, status

base = f"{os.environ['BASE_URL']}/hf/models"
client = InferenceClient(token="none", provider="hf-inference")

text = "we met 👍 jean-luc in new york"
found = client.token_classification(text, model=f"{base}/tiny-names", aggregation_strategy="first")
assert found and all(text[each.start : each.end] == each.word for each in found), found
done("token-classification")

summary = client.summarization("The parcel has not arrived. It was sent on Monday.", model=f"{base}/tiny-bart")
assert summary.summary_text, summary
done("summarization")

labels = ["travel", "money", "parcels"]
for model in ("tiny-nli", "all-MiniLM-L6-v2"):
    classes = client.zero_shot_classification("My parcel is late.", labels, model=f"{base}/{model}")
    assert sorted(each.label for each in classes) == sorted(labels), classes
    assert [each.score for each in classes] == sorted((each.score for each in classes), reverse=True)
several = client.zero_shot_classification(
    "My parcel is late.", labels, multi_label=True, hypothesis_template="It is about {}.", model=f"{base}/tiny-nli"
)
assert len(several) == 3, several
done("zero-shot-classification")

assert status(lambda: client.token_classification(" ", model=f"{base}/tiny-names")) == 400
assert status(lambda: client.token_classification("a", model=f"{base}/tiny-bart/pipeline/token-classification")) == 400
assert status(lambda: client.zero_shot_classification("a", ["one"], model=f"{base}/tiny-nli")) == 400
assert status(lambda: client.summarization("a", generate_parameters={"max_length": 5}, model=f"{base}/tiny-bart")) == 400
done("errors")
