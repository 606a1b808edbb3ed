"""What established libraries say about intervals, tests and agreement, on made-up cases: statistics.json. null stands for no
answer: the library raises, or says nan. (Its requirements are in requirements-statistics.txt. A file named statistics.py would hide
the module of the standard library from every generator here.)"""

import math
import warnings

import krippendorff
import numpy as np
import statsmodels.api as sm
from cases import write
from scipy import optimize, stats
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

warnings.simplefilter("ignore")
random = np.random.default_rng(7)


def number(value):
    return float(value) if value is not None and math.isfinite(value) else None


def wilson():
    edges = [(0, 1), (1, 1), (0, 10), (10, 10), (0, 100_000), (100_000, 100_000), (1, 2), (1, 1_000_000)]
    drawn = [int(rows) for rows in random.integers(1, 5000, 112)]
    cases = edges + [(int(random.integers(0, rows + 1)), rows) for rows in drawn]
    for index, (hits, rows) in enumerate(cases):
        level = (0.95, 0.95, 0.9, 0.99)[index % 4]
        low, high = proportion_confint(hits, rows, alpha=1 - level, method="wilson")
        yield {"hits": hits, "rows": rows, "level": level, "low": number(low), "high": number(high)}


def mcnemar_cases():
    edges = [(0, 0), (1, 0), (0, 1), (5, 0), (6, 0), (0, 6), (50, 50), (500, 400), (5000, 5200), (0, 1000)]
    drawn = [tuple(map(int, pair)) for pair in random.integers(0, 60, (60, 2))]
    drawn += [tuple(map(int, pair)) for pair in random.integers(0, 9, (40, 2))]
    for first, second in edges + drawn:
        exact = mcnemar([[0, first], [second, 0]], exact=True).pvalue if first + second else 1.0
        fewer, all_ = min(first, second), first + second
        mid = 2 * stats.binom.cdf(fewer, all_, 0.5) - stats.binom.pmf(fewer, all_, 0.5)
        yield {"first": first, "second": second, "exact": number(exact), "mid": number(mid)}


def tango_score(first, second, rows, delta):
    """The score statistic from the restricted likelihood, maximized numerically: no closed form, so as to check one."""
    lowest, highest = max(0.0, -delta), (1 - delta) / 2

    def against(second_only):
        shares = (second_only + delta, second_only, 1 - 2 * second_only - delta)
        counts = (first, second, rows - first - second)
        if any(share < -1e-15 for share in shares):
            return math.inf
        return -sum(count * math.log(max(share, 1e-300)) for count, share in zip(counts, shares) if count)

    best = optimize.minimize_scalar(against, bounds=(lowest, highest), method="bounded", options={"xatol": 1e-13}).x
    candidates = [lowest, highest, best]
    second_only = min(candidates, key=against)
    variance = (2 * second_only + delta * (1 - delta)) / rows
    above = (first - second) / rows - delta
    if variance > 1e-15:
        return above / math.sqrt(variance)
    return 0.0 if above == 0 else math.copysign(1e9, above)


def tango():
    edges = [(0, 0, 20), (1, 0, 10), (0, 5, 50), (150, 86, 1600), (20, 20, 100), (30, 0, 100), (3, 1, 2000)]
    for _ in range(40):
        rows = int(random.integers(10, 2000))
        first, second = (int(x) for x in random.integers(0, max(1, rows // 3), 2))
        edges.append((first, second, rows))
    z = stats.norm.ppf(0.975)
    for first, second, rows in edges:
        at = (first - second) / rows
        low = optimize.brentq(lambda d: tango_score(first, second, rows, d) - z, -1 + 1e-9, at, xtol=1e-12)
        high = optimize.brentq(lambda d: tango_score(first, second, rows, d) + z, at, 1 - 1e-9, xtol=1e-12)
        yield {"first": first, "second": second, "rows": rows, "low": number(low), "high": number(high)}


def mean():
    for index in range(120):
        rows = int(random.integers(2, 80))
        level = (0.95, 0.9, 0.99)[index % 3]
        scale = 10.0 ** random.integers(-3, 4)
        if index % 2:
            groups = np.arange(rows)
        else:
            groups = random.integers(0, max(2, rows // 4), rows)
            groups[0], groups[1] = 0, 1
        effects = random.normal(size=rows + 1)[groups % (rows + 1)]
        values = np.round(scale * (random.normal(size=rows) + effects), 6)
        if index < 4:
            values = np.full(rows, 2.5)
        if index in (4, 5):
            values = np.where(groups == 0, 1.0, 3.0)
        # An intercept alone, clustered, with the usual correction for few clusters and t with clusters − 1 degrees of freedom.
        clusters = len(set(groups.tolist()))
        fitted = sm.OLS(values, np.ones(rows)).fit()
        robust = fitted.get_robustcov_results("cluster", groups=groups, use_t=True, df_correction=True)
        low, high = robust.conf_int(alpha=1 - level)[0]
        if index % 2:
            low, high = stats.t.interval(level, rows - 1, loc=values.mean(), scale=stats.sem(values))
            if stats.sem(values) == 0:
                low = high = values.mean()
        yield {
            "values": values.tolist(),
            "groups": groups.tolist(),
            "clusters": clusters,
            "level": level,
            "mean": number(values.mean()),
            "low": number(low),
            "high": number(high),
        }


def kappa(weights):
    for index in range(110):
        labels = int(random.integers(2, 7))
        rows = int(random.integers(1, 200))
        first = random.integers(0, labels, rows)
        second = np.where(random.random(rows) < random.random(), first, random.integers(0, labels, rows))
        if index == 0:
            first = second = np.zeros(rows, int)
        if index in (1, 2, 3):
            second = first
        if index == 4:
            first, second = np.zeros(rows, int), np.ones(rows, int)
        if index == 5:
            first, second = np.arange(100) % 2, (np.arange(100) + 1) % 2
        if index == 6:
            first, second = np.zeros(60, int), np.arange(60) % labels
        counts = np.zeros((labels, labels), int)
        np.add.at(counts, (first, second), 1)
        value = cohen_kappa_score(first, second, labels=list(range(labels)), weights=weights)
        result = cohens_kappa(counts, wt=weights) if number(value) is not None else None
        yield {
            "counts": counts.tolist(),
            "kappa": number(value),
            "low": result and number(result.kappa_low),
            "high": result and number(result.kappa_upp),
        }


def alpha():
    scales = ("nominal", "ordinal", "interval", "ratio")
    for index in range(160):
        scale = scales[index % 4]
        raters, items, values = (int(random.integers(low, high)) for low, high in ((2, 6), (2, 40), (2, 8)))
        truth = random.integers(1, values + 1, items)
        noisy = random.random((raters, items)) < random.random()
        ratings = np.where(noisy, random.integers(1, values + 1, (raters, items)), truth).astype(float)
        ratings[random.random((raters, items)) < random.choice([0, 0.2, 0.6])] = np.nan
        if index < 4:
            ratings[:] = 3.0
        if 4 <= index < 8:
            ratings = np.full((2, 5), np.nan)
            ratings[0] = range(1, 6)
        if 8 <= index < 12:
            ratings = np.array([[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0]])
        if 12 <= index < 16 and scale != "ratio":
            ratings -= 3
        try:
            value = number(krippendorff.alpha(reliability_data=ratings, level_of_measurement=scale))
        except ValueError:
            value = None
        rows = [[None if math.isnan(x) else x for x in column] for column in ratings.T.tolist()]
        yield {"items": rows, "scale": scale, "alpha": value}


def corrected():
    """Lang & Reiczigel 2014, equations 14 to 16, step by step; no library of Python has them."""
    for _ in range(60):
        said, unsaid, rows = (int(count) for count in random.integers(1, 300, 3))
        sensitivity, specificity = random.uniform(0.5, 1, 2)
        found, spared = int(random.binomial(said, sensitivity)), int(random.binomial(unsaid, specificity))
        hits = int(random.integers(0, rows + 1))
        if found / said + spared / unsaid <= 1:
            continue
        z = stats.norm.ppf(0.975)
        rows_, said_, unsaid_ = rows + z**2, said + 2, unsaid + 2
        p, se, sp = (hits + z**2 / 2) / rows_, (found + 1) / said_, (spared + 1) / unsaid_
        if se + sp <= 1:
            continue
        rate = (p + sp - 1) / (se + sp - 1)
        shift = 2 * z**2 * (rate * se * (1 - se) / said_ - (1 - rate) * sp * (1 - sp) / unsaid_)
        variance = p * (1 - p) / rows_ + rate**2 * se * (1 - se) / said_ + (1 - rate) ** 2 * sp * (1 - sp) / unsaid_
        spread = z * math.sqrt(variance / (se + sp - 1) ** 2)
        value = (hits / rows + spared / unsaid - 1) / (found / said + spared / unsaid - 1)
        low, value, high = (float(np.clip(x, 0, 1)) for x in (rate + shift - spread, value, rate + shift + spread))
        counts = [[found, said - found], [unsaid - spared, spared]]
        yield {"counts": counts, "hits": hits, "rows": rows, "value": value, "low": low, "high": high}


def holm():
    edges = [[], [0.03], [1, 1, 1], [0, 0], [0.05, 0.05, 0.05], [0.01, 0.02, 0.03, 0.04], [0.04, 0.03, 0.02, 0.01]]
    drawn = [np.round(random.random(int(random.integers(1, 25))) ** 3, 8).tolist() for _ in range(100)]
    for values in edges + drawn:
        adjusted = multipletests(values, method="holm")[1].tolist() if values else []
        yield {"p": values, "adjusted": adjusted}


write(
    "statistics",
    wilson=list(wilson()),
    mcnemar=list(mcnemar_cases()),
    tango=list(tango()),
    mean=list(mean()),
    kappa=list(kappa(None)),
    linear=list(kappa("linear")),
    quadratic=list(kappa("quadratic")),
    alpha=list(alpha()),
    holm=list(holm()),
    corrected=list(corrected()),
)
