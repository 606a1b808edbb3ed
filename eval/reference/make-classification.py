"""Writes classification.json and probabilities.json: what scikit-learn says to labels, scores and probabilities."""

import warnings

import numpy as np
from cases import source, write
from sklearn.calibration import calibration_curve
from sklearn.exceptions import UndefinedMetricWarning
from sklearn.metrics import (
    accuracy_score,
    brier_score_loss,
    log_loss,
    matthews_corrcoef,
    precision_recall_fscore_support,
    roc_auc_score,
)

warnings.filterwarnings("ignore", category=UndefinedMetricWarning)
warnings.filterwarnings("ignore", category=UserWarning)

LABELS = ["positive", "negative", "neutral", "größer", "日本", "", "other label"]
NONE = "\0none"  # sorts and counts as a prediction, and is never among the labels that are averaged


def weights_of(random, rows):
    return [random.randint(0, 3) for _ in range(rows)] if random.random() < 0.4 and rows else None


def labelled(random, rows, labels, accuracy, silence):
    expected = [random.choice(labels) for _ in range(rows)]
    predicted = [label if random.random() < accuracy else random.choice(labels) for label in expected]
    return expected, [None if random.random() < silence else label for label in predicted]


def correlation(expected, predicted, weights):
    """Gorodkin's coefficient from its definition: covariances of one-hot rows, zeros for no answer."""
    labels = sorted({*expected, *(label for label in predicted if label is not None)})
    x = np.array([[label == of for of in labels] for label in expected], float)
    y = np.array([[label == of for of in labels] for label in predicted], float)
    x, y = (side - np.average(side, axis=0, weights=weights) for side in (x, y))
    covariance = lambda a, b: np.average((a * b).sum(axis=1), weights=weights)
    spread = covariance(x, x) * covariance(y, y)
    return float(covariance(x, y) / np.sqrt(spread)) if spread > 1e-20 else 0.0


def classification(random):
    shapes = [(n, k, accuracy, silence) for n in (1, 2, 5, 20, 60) for k in (1, 2, 3, 7) for accuracy in (0, 0.5, 0.9, 1)
              for silence in (0, 0.15)]
    for n, k, accuracy, silence in [*shapes, (30, 3, 0.5, 1)]:
        expected, predicted = labelled(random, n, LABELS[:k], accuracy, silence)
        weights = weights_of(random, n)
        if weights and not sum(weights):
            weights = None
        said = [NONE if label is None else label for label in predicted]
        given = random.sample(LABELS, random.randint(1, 4)) if random.random() < 0.25 else None
        # Without a list, labels are those of the rows that count.
        counted = [at for at in range(n) if not weights or weights[at]]
        labels = given or sorted({label for at in counted for label in (expected[at], said[at])} - {NONE})
        scores = lambda average: [
            float(value)
            for value in precision_recall_fscore_support(
                expected, said, labels=labels, average=average, zero_division=0, sample_weight=weights
            )[:3]
        ]
        parts = precision_recall_fscore_support(
            expected, said, labels=labels, average=None, zero_division=0, sample_weight=weights
        )
        yield {
            "expected": expected, "predicted": predicted, "weights": weights, "labels": given,
            "accuracy": accuracy_score(expected, said, sample_weight=weights),
            "mcc": correlation(expected, predicted, weights) if None in predicted
            else matthews_corrcoef(expected, said, sample_weight=weights),
            **{average: scores(average) for average in ("micro", "macro", "weighted")},
            "parts": {label: [float(part[at]) for part in parts[:3]] for at, label in enumerate(labels)},
        }


def placements(positive, scores):
    """By its definition: every row beside every row of the other kind."""
    better = lambda mine, other: 1 if mine > other else 0.5 if mine == other else 0
    each = []
    for is_positive, score in zip(positive, scores):
        others = [other for other_positive, other in zip(positive, scores) if other_positive != is_positive]
        wins = [better(score, other) if is_positive else better(other, score) for other in others]
        each.append(sum(wins) / len(wins) if wins else 0.5)
    return each


def auroc(random):
    for at in range(120):
        n = random.choice([1, 2, 3, 10, 40, 80])
        share = random.choice([0.1, 0.5, 0.9])
        positive = [random.random() < share for _ in range(n)]
        score = [lambda: random.gauss(0, 1), lambda: random.randint(0, 4) / 4, lambda: 0.5][at % 3]
        scores = [score() + (at % 2) * 0.7 * is_positive for is_positive in positive]
        weights = weights_of(random, n)
        kinds = {kind for row, kind in enumerate(positive) if not weights or weights[row]}
        yield {
            "positive": positive, "scores": scores, "weights": weights,
            # With one kind only scikit-learn warns and says NaN.
            "area": float(roc_auc_score(positive, scores, sample_weight=weights)) if len(kinds) == 2 else None,
            "each": placements(positive, scores),
        }


def distributions(random, n, k):
    """Rows of probabilities that sum to 1 as floats do, with ties, zeros and ones among them."""
    rows = []
    for _ in range(n):
        values = np.array([random.choice([random.random(), 0, 0.5]) for _ in range(k)])
        rows.append(values / values.sum() if values.sum() else np.eye(k)[random.randrange(k)])
    return np.array(rows)


def many_labels(random):
    for _ in range(120):
        k = random.choice([3, 3, 4, 6])
        n = random.choice([k, 12, 40])
        labels = sorted(LABELS[:k])
        expected = labels + [random.choice(labels) for _ in range(n - k)]
        probabilities = distributions(random, n, k)
        weights = [random.randint(1, 3) for _ in range(n)] if random.random() < 0.4 else None
        of = lambda row: probabilities[row][labels.index(expected[row])]
        yield {
            "labels": labels, "expected": expected, "probabilities": probabilities.tolist(), "weights": weights,
            "auroc": float(roc_auc_score(expected, probabilities, multi_class="ovr", average="macro", labels=labels,
                                         sample_weight=weights)),
            "brier": float(brier_score_loss(expected, probabilities, labels=labels, scale_by_half=False,
                                            sample_weight=weights)),
            "logLoss": float(log_loss(expected, probabilities, labels=labels, sample_weight=weights)),
            "each": {
                "brier": [float(brier_score_loss([expected[row]], probabilities[[row]], labels=labels,
                                                 scale_by_half=False)) for row in range(n)],
                "logLoss": [float(log_loss([expected[row]], probabilities[[row]], labels=labels)) for row in range(n)],
            },
        }


def calibration(random):
    for at in range(120):
        n = random.choice([1, 2, 10, 60])
        bins = random.choice([1, 2, 5, 10, 15])
        confidence = [[random.random(), random.random() ** 0.2, random.randint(0, 8) / 8][at % 3] for _ in range(n)]
        right = [random.random() < sure if at % 4 else at % 8 == 0 for sure in confidence]
        weights = weights_of(random, n)
        if weights and not sum(weights):
            weights = None
        times = weights or [1] * n
        repeated = [row for row in range(n) for _ in range(times[row])]
        sure, hits = np.array(confidence)[repeated], np.array(right, float)[repeated]
        shares, means = calibration_curve(hits, sure, n_bins=bins) if 0 < hits.sum() < len(hits) else curve(hits, sure, bins)
        places = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], sure)
        counts = np.bincount(places, minlength=bins)
        yield {
            "confidence": confidence, "right": right, "weights": weights, "bins": bins,
            "ece": float(np.abs(shares - means) @ counts[counts > 0] / len(sure)),
            "brier": float(brier_score_loss(np.array(right, int), confidence, pos_label=1, labels=[0, 1],
                                            sample_weight=weights)),
        }


def curve(hits, sure, bins):
    """calibration_curve for rows of one kind, which scikit-learn refuses."""
    places = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], sure)
    used = np.unique(places)
    return (np.array([side[places == place].mean() for place in used]) for side in (hits, sure))


write("classification", labels=list(classification(source("classification"))))
scores = source("probabilities")
write("probabilities", auroc=list(auroc(scores)), manyLabels=list(many_labels(scores)), calibration=list(calibration(scores)))
