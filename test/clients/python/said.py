"""What the clients of Hugging Face's library tell of what they met."""

from huggingface_hub.errors import HfHubHTTPError


def done(what):
    print(what, flush=True)


def status(call):
    try:
        call()
    except HfHubHTTPError as error:
        return error.response.status_code
    raise AssertionError("not refused")
