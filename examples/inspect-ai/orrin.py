"""The bot of the sample company under inspect_ai, through the routes of OpenAI. See README.md."""

from inspect_ai import Task, task
from inspect_ai.dataset import Sample
from inspect_ai.scorer import includes
from inspect_ai.solver import generate


@task
def orrin():
    samples = [
        Sample(input="How much is the late fee?", target="€6"),
        Sample(
            input="is there a cap on how much I can download with fibre?",
            target="No fibre plan has a data limit",
        ),
        Sample(input="Which countries count as EU for roaming?", target="Norway"),
        Sample(input="how do I renew a passport for a baby", target="found nothing"),
    ]
    return Task(dataset=samples, solver=generate(), scorer=includes())
