"""The texts that make-text.py asks the reference implementations about: outputs with one or more references each."""

from random import Random

from cases import source

TEXTS = """Your parcel left our warehouse on Monday and should reach you within three working days.
I am sorry, but the refund of $1,249.50 has not been booked yet; please wait until 3 p.m.
Please restart the router, hold the reset button for ten seconds, and try again.
The committee's report, published on Thursday, was harsher than anyone had expected.
We don't ship batteries to Norway - customs won't allow it.
Heavy rain closed two of the three mountain passes, and the third opened only at noon.
She said that the new model "understands" irony, which made the whole room laugh.
If the light blinks red twice, the filter must be cleaned; if it stays red, call us.
In 1998-99 the team won 14 of 17 games, losing only to Rovers (twice) and Athletic.
The library's opening hours are 9:00-18:30 on weekdays and 10-14 on Saturdays.
Researchers measured a drop of 0.7 percent, down from 3.25 percent a year earlier.
You can cancel the subscription at any time, but the current month is not refunded.
The old bridge was taken down stone by stone and rebuilt two miles up the river.
Nobody knows why the ship turned back, least of all the men who sailed it.
To change your e-mail address, open Settings > Account and enter the code we send you.
The minister denied the claims, the opposition repeated them, and the markets fell.
A cat sat on the mat, a dog sat on the log, and a frog sat on the dog.
Prices include tax; delivery is free for orders over 50 euros.
The engine had been running for six hours when the first warning light came on.
They were happily arguing about relational databases and the generalization of theories.
Her argument relies on conditional probabilities, hopefulness, and a certain callousness.
Flying fish were dying, spied upon by skies that nobody was outing on those canning innings.
The geologist's apology was enjoyable, radically sensible, and fully electrical.
Falling, hissing, fizzed and controlled, the agreed adjustment proceeded without replacement.""".split("\n")

UNICODE = [
    ("Die Größe der Straße überrascht uns.", ["Die Größe der Strasse überrascht uns.", "Uns überrascht die Größe der Straße."]),
    ("ΟΔΥΣΣΕΥΣ ταξίδεψε στην Ιθάκη", ["Ο Οδυσσέας ταξίδεψε στην Ιθάκη."]),
    ("İstanbul'da hava çok güzel", ["İSTANBUL'DA HAVA ÇOK GÜZEL"]),
    ("机器翻译的质量正在提高。", ["机器翻译质量不断提高。"]),
    ("東京は晴れです、たぶん。", ["東京は たぶん晴れです。"]),
    ("مرحبا بالعالم الجديد", ["مرحبا يا عالم"]),
    ("👩‍👩‍👧 family 🎉🎉 party", ["family party 🎉 👩‍👩‍👧"]),
    ("cafe\u0301 au lait", ["café au lait"]),
    ("a\u00a0b\u2003c\u3000d", ["a b c d"]),
    ("x\x85y\x1cz w", ["x y z w"]),
    ("\ufeffmark first", ["mark first"]),
    ("𝒜𝓁𝓅𝒽𝒶 is 𝒷", ["𝒜𝓁𝓅𝒽𝒶 was 𝒷."]),
    ("ǅungla ﬁne ẞ", ["ǆungla fine ß"]),
    ("Привет, мир! Как дела?", ["Привет мир, как у тебя дела?"]),
    ("naïve—really… “quoted”", ["naive - really... \"quoted\""]),
]

MARKUP = [
    ("He said &quot;no&quot; &amp; left &lt;now&gt;.", ["He said \"no\" & left <now>."]),
    ("A &amp;lt; sign and &amp;amp; more", ["A &lt; sign and &amp; more"]),
    ("<skipped> the rest <skipped>", ["the rest"]),
    ("hyphen-\nated words\non two lines", ["hyphenated words on two lines"]),
    ("ends with a dash-\n", ["ends with a dash-"]),
    ("line\n-broken", ["linebroken", "line broken"]),
    ("Wait.... what,, really..", ["Wait ... what , really ."]),
    ("1,000.50 and .5 and 5. and 3-4 and -7", ["1,000.5 and 0.5 and 5 and 3 - 4 and - 7"]),
    ("John's dog's bone's here, it's his' own", ["John 's dog 's bone is here , it 's his own"]),
    ("a's's b's 's", ["a's 's b's's c"]),
    ("http://example.org/a_b?c=d&e=f#g", ["http://example.org/a_b ? c = d & e = f"]),
    ("(hi) [there] {you} !? ~tilde~ `tick`", ["( hi ) [ there ] { you } ! ? tilde tick"]),
    ("tabs\there\t\tand  blanks ", ["tabs here and blanks"]),
    (" leading and trailing \n", ["leading and trailing"]),
    ("AT&T's R&D; 50%", ["at&t's r&d ; 50 %"]),
    ("one\ntwo\n\nthree", ["one\ntwo three"]),
    ("^caret_under*star=eq+plus", ["caret under star eq plus"]),
]

EMPTY = [
    ("", [""]), ("", ["something was expected"]), ("nothing was expected", [""]), ("   ", [" \n "]),
    ("a", ["a"]), (".", ["."]), ("", ["", "one"]), ("one", ["", "one"]), ("...", ["!!!"]), ("\n\n", ["\n"]), ("Ω", ["Ω"]),
]


def mutated(text: str, draw: Random) -> str:
    """The text with some words dropped, doubled, exchanged, changed in case, misspelt, or moved together."""
    words = text.split(" ")
    for _ in range(draw.randint(0, 4)):
        at = draw.randrange(len(words))
        kind = draw.choice(["drop", "double", "swap", "case", "letters", "shift", "other", "strip"])
        if kind == "drop" and len(words) > 1:
            del words[at]
        elif kind == "double":
            words.insert(at, words[at])
        elif kind == "swap":
            other = draw.randrange(len(words))
            words[at], words[other] = words[other], words[at]
        elif kind == "case":
            words[at] = words[at].swapcase()
        elif kind == "letters":
            letters = list(words[at])
            draw.shuffle(letters)
            words[at] = "".join(letters)
        elif kind == "shift":
            end = min(len(words), at + draw.randint(1, 5))
            run, words = words[at:end], words[:at] + words[end:]
            to = draw.randint(0, len(words))
            words[to:to] = run
        elif kind == "other":
            words[at] = draw.choice(draw.choice(TEXTS).split(" "))
        else:
            words[at] = words[at].strip(".,;\"") or "-"
    return " ".join(words)


def letters(draw: Random, longest: int, alphabet: str) -> str:
    """Words of one letter, of which many occur more than once: many ways to align and to shift."""
    return " ".join(draw.choice(alphabet) for _ in range(draw.randint(0, longest)))


def corpora() -> dict[str, list[tuple[str, list[str]]]]:
    draw = source("text")
    several = [(mutated(text, draw), [text] + [mutated(text, draw) for _ in range(2)]) for text in TEXTS]
    lines = []
    for _ in range(16):
        summary = draw.sample(TEXTS, draw.randint(1, 5))
        said = [mutated(text, draw) for text in summary]
        draw.shuffle(said)
        lines.append(("\n".join(said[: draw.randint(1, 5)]), ["\n".join(summary)]))
    long_text = " ".join(TEXTS[:12])
    return {
        "realistic": [(mutated(text, draw), [text]) for text in TEXTS],
        "several references": several,
        "as many references as there are": [(said, right[: draw.randint(1, 3)]) for said, right in several],
        "few words": [(letters(draw, 16, "abcd"), [letters(draw, 16, "abcd")]) for _ in range(50)],
        "two words": [(letters(draw, 12, "ab"), [letters(draw, 12, "ab") for _ in range(2)]) for _ in range(25)],
        "lines": lines,
        "unicode": UNICODE,
        "markup": MARKUP,
        "empty": EMPTY,
        "only empty": [("", [""]), ("", [""])],
        "no reference": [("some words", [""]), ("a b c", [" "])],
        "no output": [("", [text]) for text in TEXTS[:3]],
        "identical": [(text, [text]) for text in TEXTS[:6]],
        "all wrong": [(said, [right]) for said, right in zip(["uno dos tres cuatro", "zzz"], ["ABC BCD EFG", "1 2 3 4 5"])],
        "short": [("the cat", ["the cat sat"]), ("yes", ["yes"]), ("no", ["yes"]), ("a b c", ["a b d"]), ("a b c d", ["a b c e", "b a d c"])],
        "one row": [("the cat sat on a mat", ["the cat sat on the mat"])],
        "very long": [
            (mutated(mutated(long_text, draw), draw), [long_text]),
            (" ".join(draw.sample(long_text.split(" "), 90)), [" ".join(TEXTS[6:14])]),
            ("the report", [long_text]),
            (long_text, ["two words"]),
            (letters(draw, 140, "abcdefgh"), ["a b c d e f g h " * 12]),
        ],
    }
