"""What huggingface_hub's client makes of Parlance. Prints one line for each thing that is as it should be."""

import os

from huggingface_hub import InferenceClient

from said import done, status

base = os.environ["BASE_URL"]
client = InferenceClient(token=os.environ["KEY"], provider="hf-inference")
sentiment = f"{base}/hf/models/sentiment"
embedder = f"{base}/hf/models/all-MiniLM-L6-v2"

classes = client.text_classification("Lovely.", model=sentiment)
assert sorted(each.label for each in classes) == ["negative", "neutral", "positive"], classes
assert [each.score for each in classes] == sorted((each.score for each in classes), reverse=True)
assert len(client.text_classification("Lovely.", model=sentiment, top_k=1)) == 1
done("text-classification")

for model in (embedder, f"{embedder}/pipeline/feature-extraction"):
    one = client.feature_extraction("hello", model=model)
    assert one.shape == (1, 384), one.shape
    two = client.feature_extraction(["hello", "good morning"], model=model, normalize=True, truncate=True)
    assert two.shape == (2, 384) and abs(two[0] - one[0]).max() < 1e-6
done("feature-extraction")

same, other = client.sentence_similarity("hello", other_sentences=["hello", "good morning"], model=embedder)
assert abs(same - 1) < 1e-5 and other < 1, (same, other)
done("sentence-similarity")

assert status(lambda: client.text_classification("a", model=f"{base}/hf/models/none")) == 404
assert status(lambda: client.text_classification(" ", model=sentiment)) == 400
assert status(lambda: client.feature_extraction("a", model=embedder, dimensions=8)) == 400
stranger = InferenceClient(token="hf_of_somebody_else", provider="hf-inference")
assert status(lambda: stranger.text_classification("a", model=sentiment)) == 401
done("errors")

talking = InferenceClient(base_url=f"{base}/v1", api_key=os.environ["KEY"])
messages = [{"role": "user", "content": "when is the late fee charged"}]
answer = talking.chat_completion(messages, model="parlance/auto")
assert "€6" in answer.choices[0].message.content, answer
streamed = talking.chat_completion(messages, model="parlance/auto", stream=True)
text = "".join(each.choices[0].delta.content or "" for each in streamed)
assert text == answer.choices[0].message.content
done("chat")
