"""Asks sacreBLEU, rouge-score and jiwer about the texts of text_rows.py, and NLTK about stems; writes text-*.json beside this file."""

from itertools import product

import jiwer
from cases import write
from nltk.stem.porter import PorterStemmer
from rouge_score.rouge_scorer import RougeScorer
from rouge_score.tokenize import tokenize
from sacrebleu.metrics import BLEU, CHRF, TER
from text_rows import TEXTS, corpora

CORPORA = corpora()


def rounded(value):
    return float(f"{float(value):.10g}")


def streams(rows):
    """The references as sacreBLEU takes them: the first of every row, then the second, None where there is none."""
    most = max(len(references) for _, references in rows)
    return [[references[at] if at < len(references) else None for _, references in rows] for at in range(most)]


def sacrebleu_scores(metric_of, options, alone=None):
    """The corpus score of every corpus and the sentence score of every row, for each combination of options."""
    found = []
    for values in product(*options.values()):
        chosen = dict(zip(options, values))
        metric = metric_of(**chosen)
        single = metric_of(**chosen, **(alone or {}))
        for name, rows in CORPORA.items():
            found.append({
                "corpus": name,
                "options": chosen,
                "all": rounded(metric.corpus_score([said for said, _ in rows], streams(rows)).score),
                "each": [rounded(single.sentence_score(said, right).score) for said, right in rows],
            })
    return found


def bleu_scores():
    plain = {"tokenize": ["13a", "char", "none"], "smooth_method": ["exp", "floor", "add-k", "none"], "lowercase": [False, True]}
    valued = {"smooth_method": ["floor", "add-k"], "smooth_value": [0.3]}
    return [
        scores
        for options in (plain, valued)
        for scores in sacrebleu_scores(BLEU, options, {"effective_order": True})
    ]


def rouge_scores():
    """The F measure, precision and recall of every row; rouge-score's own mean is that of numpy."""
    found = []
    for stemmer in (False, True):
        kinds = ["rouge1", "rouge2", "rougeL", "rougeLsum"]
        scorer = RougeScorer(kinds, use_stemmer=stemmer)
        for name, rows in CORPORA.items():
            scores = [scorer.score_multi(right, said) for said, right in rows]
            for kind in kinds:
                parts = {
                    "each": [score[kind].fmeasure for score in scores],
                    "precision": [score[kind].precision for score in scores],
                    "recall": [score[kind].recall for score in scores],
                }
                means = {f"{part} mean": rounded(sum(values) / len(values)) for part, values in parts.items()}
                found.append({
                    "corpus": name,
                    "variant": kind.removeprefix("rouge"),
                    "stemmer": stemmer,
                    "all": means["each mean"],
                    "precision": means["precision mean"],
                    "recall": means["recall mean"],
                    "each": [rounded(value) for value in parts["each"]],
                })
    return found


def error_rates():
    """Of each row against its first reference."""
    found = []
    for kind in ("wer", "cer", "mer", "wil"):
        rate = getattr(jiwer, kind)
        for name, rows in CORPORA.items():
            said = [text for text, _ in rows]
            right = [references[0] for _, references in rows]
            found.append({
                "corpus": name,
                "rate": kind,
                "all": rounded(rate(right, said)),
                "each": [rounded(rate(*pair)) for pair in zip(right, said)],
            })
    return found


def stems():
    """Words of the texts and the endings that Porter's rules speak of, on stems of several lengths."""
    endings = """s ies sses ss ed ing eed ied y ational tional enci anci izer bli abli alli entli eli ousli ization ation ator alism
    iveness fulness ousness aliti iviti biliti fulli logi icate ative alize iciti ical ful ness al ance ence er ic able ible ant
    ement ment ent ion sion tion ou ism ate iti ous ive ize e ll le ating bling izing lling nned""".split()
    starts = "b at oat tr hop fil rel gener vietnam conform sky geo archaeo yyy sayy 3d x1 fall hiss tann controll wax snow".split()
    irregular = "sky skies dying lying tying news innings inning outings outing cannings canning howe proceed exceed succeed".split()
    words = {start + ending for start in starts for ending in endings} | set(irregular)
    words |= {word for text in TEXTS for word in tokenize(text, None)}
    stemmer = PorterStemmer()
    return [[word, stemmer.stem(word)] for word in sorted(words) if len(word) > 3]


def main():
    write("text-rows", corpora=[{"corpus": name, "rows": rows} for name, rows in CORPORA.items()])
    write("text-bleu", scores=bleu_scores())
    write("text-chrf", scores=sacrebleu_scores(CHRF, {"word_order": [0, 2], "lowercase": [False, True]}))
    flags = {"case_sensitive": [False, True], "normalized": [False, True], "no_punct": [False, True]}
    write("text-ter", scores=sacrebleu_scores(TER, flags))
    write("text-rouge", scores=rouge_scores())
    write("text-error-rates", scores=error_rates())
    write("text-stems", stems=stems())


if __name__ == "__main__":
    main()
