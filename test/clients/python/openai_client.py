"""What the openai client for Python makes of Parlance. Prints one line for each thing that is as it should be."""

import os
import time

import openai

base_url = os.environ["BASE_URL"]
model = "all-MiniLM-L6-v2"
question = [{"role": "user", "content": "when is the late fee charged"}]
whole = "The late fee is €6. It is charged ten days after the due date."


def client_of(key, **settings):
    return openai.OpenAI(base_url=base_url, api_key=key, **{"max_retries": 0, **settings})


client = client_of(os.environ["KEY"])


def refusal(kind, call):
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"no {kind.__name__}")


def done(what):
    print(what, flush=True)


embedded = client.embeddings.create(model=model, input=["hello", "good morning"])
assert [len(each.embedding) for each in embedded.data] == [384, 384]
assert embedded.usage.prompt_tokens > 0
plain = client.embeddings.create(model=model, input="hello", encoding_format="float")
assert all(abs(a - b) < 1e-6 for a, b in zip(plain.data[0].embedding, embedded.data[0].embedding))
done("embeddings")

ids = [each.id for each in client.models.list()]
assert {model, "parlance/auto"} <= set(ids), ids
for each in ids:
    assert client.models.retrieve(each).id == each
assert refusal(openai.NotFoundError, lambda: client.models.retrieve("none/such")).code == "model_not_found"
done("models")

answer = client.chat.completions.create(model="parlance/auto", messages=question)
assert answer.choices[0].message.content == whole, answer
assert answer.choices[0].finish_reason == "stop"
assert answer.parlance["outcome"] == "answered" and answer.parlance["citations"]
short = client.chat.completions.create(model="parlance/auto", messages=question, max_tokens=3)
assert short.choices[0].finish_reason == "length"
done("chat")

chunks = list(
    client.chat.completions.create(
        model="parlance/auto", messages=question, stream=True, stream_options={"include_usage": True}
    )
)
assert chunks[0].choices[0].delta.role == "assistant"
assert "".join(each.choices[0].delta.content or "" for each in chunks if each.choices) == whole
assert chunks[-1].choices == [] and chunks[-1].usage.total_tokens == answer.usage.total_tokens
assert len({(each.id, each.created) for each in chunks}) == 1
done("stream")

with client.chat.completions.create(model="parlance/auto", messages=question, stream=True) as left:
    next(iter(left))
done("left in the middle")

# Of the fake engine: it says again what it was given to read.
said = client.chat.completions.create(model="tiny-chat", messages=question, n=2, temperature=0, max_tokens=20)
assert [each.index for each in said.choices] == [0, 1]
assert all("when is the late fee" in each.message.content for each in said.choices), said
assert said.choices[0].finish_reason == "length" and said.usage.completion_tokens == 40, said
told = list(client.chat.completions.create(model="tiny-chat", messages=question, max_tokens=20, stream=True))
assert "".join(each.choices[0].delta.content or "" for each in told) == said.choices[0].message.content
done("a model that is talked to")

wrong = refusal(openai.AuthenticationError, lambda: client_of("plk_made_up").models.list())
assert wrong.code == "invalid_api_key" and wrong.request_id
unknown = refusal(
    openai.NotFoundError, lambda: client.chat.completions.create(model="gpt-5", messages=question)
)
assert unknown.code == "model_not_found" and unknown.param == "model"
blank = refusal(openai.BadRequestError, lambda: client.embeddings.create(model=model, input=["a", ""]))
assert blank.param == "input[1]", blank.param
tokens = refusal(openai.BadRequestError, lambda: client.embeddings.create(model=model, input=[1, 2]))
assert tokens.code == "unsupported_parameter"
large = refusal(openai.APIStatusError, lambda: client.embeddings.create(model=model, input="a" * 5_000_000))
assert large.status_code == 413
done("errors")

limited = client_of(os.environ["LIMITED_KEY"])
while True:
    try:
        limited.models.list()
    except openai.RateLimitError as error:
        wait = int(error.response.headers["retry-after"])
        break
started = time.monotonic()
client_of(os.environ["LIMITED_KEY"], max_retries=2).models.list()
assert wait * 0.5 <= time.monotonic() - started < wait + 5, (wait, time.monotonic() - started)
done("came back after the time it was given")
