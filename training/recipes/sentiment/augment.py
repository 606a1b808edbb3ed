"""A seeded generator of customer messages: complaints, praise, and neutral questions and statements.

The phrases live in `phrases/*.txt`: sections by domain, one template a line, `(a|b|)` for a choice and
`{slot}` for a value of `slots.txt`. A message takes one domain, one to three phrases of one class, and
may carry parts of another kind that do not change the class: a plain fact or a question beside a complaint,
"thanks!" behind a request, a solved problem before praise. Then it is put into tweet, chat or e-mail form.

    python augment.py 20        prints twenty of each class
"""

import pathlib
import random
import re
import sys

import style

PHRASES = pathlib.Path(__file__).parent / "phrases"
LABELS = ("negative", "neutral", "positive")
EMOJI = {
    "negative": "😡 😤 🙄 😠 😢 👎 :( :-( :/ 😒 😩 💔 !!! ?? 😑 ...".split(),
    "neutral": "🤔 ✈️ 🙂 👋 📦 ? ?? .".split(),
    "positive": "😊 ❤️ 🙌 👍 😍 :) :-) :D 🎉 👏 !!! ! 😀 ✈️ 💙".split(),
}
TAGS = {
    "negative": "#fail #epicfail #neveragain #badservice #unacceptable #frustrated #disappointed #worst #angry".split(),
    "positive": "#happycustomer #thankyou #awesome #love #impressed #greatservice #bestever #win".split(),
}
POLITE = [", please", " please", ", thanks", " thanks!", " Thanks.", " thx", ", thank you", " Thank you!", " Thanks in advance.", " help", " plz"]
ASKS = ["please call me", "can someone dm me", "what now?", "please help", "my reference is {code}", "i need to know by {soon}", "any update?", "who can i talk to?"]
FACTS = ["i booked {when}.", "order {orderno}.", "i called {when}.", "i have been a customer for {n} years.", "we ordered a {product} {when}.", "travelling to {city} {soon}.", "just landed in {city}."]
CONCESSIONS = ["thanks but", "ok but", "appreciate the reply but", "usually i like you but", "nice staff, but", "sorry to say,"]
RESOLVED = ["i had a problem with my {anything} but", "after a rough start,", "my {anything} was late, still", "update:", "long wait, but"]


def load(name):
    """Phrases of one class by domain."""
    domains, domain = {}, "any"
    for line in (PHRASES / f"{name}.txt").read_text().splitlines():
        if re.fullmatch(r"\[\w+\]", line):
            domain = line[1:-1]
        elif line.strip():
            domains.setdefault(domain, []).append(line.strip())
    return domains


SLOTS = {}
for _line in (PHRASES / "slots.txt").read_text().splitlines():
    if _line and not _line.startswith("#"):
        _name, _values = _line.split(":", 1)
        SLOTS[_name] = [v.strip() for v in _values.split(";")]
BANK = {label: load(label) for label in LABELS}
DOMAINS = ["air"] * 5 + ["shop"] * 3 + ["telecom"] * 2 + ["bank"] * 2 + ["hotel", "insurance"] + ["software"] * 2


def expand(template, rng):
    """Resolve the innermost `(a|b)` and `{slot}` until none is left."""
    while True:
        found = re.search(r"\(([^()]*\|[^()]*)\)|\{(\w+)\}", template)
        if not found:
            break
        value = rng.choice(found.group(1).split("|")) if found.group(1) is not None else rng.choice(SLOTS[found.group(2)])
        template = template[: found.start()] + value + template[found.end() :]
    template = re.sub(r"\s+([,.!?])", r"\1", template)
    return re.sub(r"\s+", " ", template).strip(" ,")


def phrase(label, domain, rng):
    own = BANK[label].get(domain, [])
    lines = own if own and rng.random() < 0.6 else BANK[label]["any"]
    return expand(rng.choice(lines), rng)


def message(label, rng):
    """One message of the given class."""
    domain = rng.choice(DOMAINS)
    parts = [phrase(label, domain, rng) for _ in range(rng.choices((1, 2, 3), (70, 24, 6))[0])]
    if label == "neutral":
        if rng.random() < 0.15:
            parts.insert(0, expand(rng.choice(FACTS), rng))
        if len(parts[-1]) > 12 and rng.random() < 0.25:
            parts[-1] += rng.choice(POLITE)
        elif rng.random() < 0.35 and re.match(r"(can|could|how|what|when|where|which|who|is|are|do|does|will|may|any)\b", parts[-1]):
            parts[-1] += "?"
    elif label == "negative":
        if rng.random() < 0.14:
            parts.insert(0, expand(rng.choice(FACTS), rng))
        if rng.random() < 0.12:
            parts.append(expand(rng.choice(ASKS), rng))
        if rng.random() < 0.04:
            parts[0] = f"{rng.choice(CONCESSIONS)} {parts[0]}"
    elif rng.random() < 0.10:
        parts[0] = f"{expand(rng.choice(RESOLVED), rng)} {parts[0]}"
    return dress(parts, label, rng)


def dress(parts, label, rng):
    """Join the parts and give them a form: tweet, chat or e-mail."""
    stop = rng.choice([". ", ". ", "! ", ", ", " ", "... "] if label != "neutral" else [". ", ". ", ", ", " "])
    text = re.sub(r"([.?!:,])[.!,]+ ", r"\1 ", stop.join(parts))
    form = rng.choices(("tweet", "chat", "mail"), (55, 35, 10))[0]
    if form == "mail":
        text = ". ".join(p[:1].upper() + p[1:] for p in parts).replace("?.", "?")
        text = rng.choice(["Dear Sir or Madam, ", "Dear team, ", "Hello, ", "Hi, ", ""]) + text + "."
        return text + rng.choice(["", f" Regards, {rng.choice(SLOTS['name'])}", " Kind regards", " Best, " + rng.choice(SLOTS["name"])])
    if rng.random() < 0.25:
        text += rng.choice(("", " ")) + rng.choice(EMOJI[label])
    elif rng.random() < 0.3:
        text += rng.choice(("!", ".", ".")) if label != "neutral" else rng.choice((".", ""))
    if form == "tweet":
        if label in TAGS and rng.random() < 0.08:
            text += " " + rng.choice(TAGS[label])
        text = style.tweet(text, rng)
    return style.noisy(text, rng, 0.6)


def generate(label, count, seed):
    """`count` distinct messages of one class."""
    rng, seen = random.Random(f"{seed}/{label}"), set()
    for _ in range(count * 20):
        text = message(label, rng)
        if text.lower() not in seen:
            seen.add(text.lower())
            yield text
        if len(seen) == count:
            return


if __name__ == "__main__":
    for label in LABELS:
        print(f"--- {label}")
        print(*generate(label, int(sys.argv[1]) if len(sys.argv) > 1 else 10, 1), sep="\n")
