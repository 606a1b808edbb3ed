"""Style noise that carries no label.

Tweet, chat and review form must not decide the class, so the same noise is put on rows of all
three classes (character and casing noise as in Karpukhin et al. 2019, arXiv:1902.01509).
"""

import random
import re

HANDLES = (
    "@NorthAir @skyhopper @FlyMeridian @BlueWingAir @TransCoastal @aerolane @JetPolar @airlineX @ParcelGo @ShopVale "
    "@TelcoOne @fibernet @MyBankCare @hotelgrove @insureco @AppDesk @united_support @AskSupport @helpdesk @CityRail "
    "@StreamBox @cabgo @foodrun @GymClub @AmberAirways @SouthernAir @HarborAir @PineLines @swiftcourier @GrandFreight"
).split()
HASHTAGS = "#customerservice #travel #flight #help #fail #thanks #monday #support #airport #delivery #fyi #service".split()
URLS = ["http://t.co/a8Kx2Lq", "https://t.co/9dPQmZ", "http://bit.ly/2kxPs", "www.example.com/p/41", "https://t.co/Yb3"]
GREETINGS = ["Hi, ", "Hello, ", "hey ", "Hi there, ", "Good morning. ", "hi ", "Dear team, ", "so ", "Hello! "]
ABBREVIATIONS = {
    "you": "u", "are": "r", "please": "pls", "thanks": "thx", "because": "bc", "your": "ur", "with": "w/",
    "people": "ppl", "though": "tho", "for": "4", "to": "2", "about": "abt", "minutes": "mins", "service": "svc",
}


def detokenise(text):
    """Film snippets come as "good , not great ." in lower case: give them ordinary spacing and a capital."""
    text = re.sub(r"\s+([.,!?;:)%\]])", r"\1", text)
    text = re.sub(r"([(\[])\s+", r"\1", text).replace(" 's", "'s").replace(" n't", "n't")
    text = re.sub(r"\bi\b", "I", text)
    return re.sub(r"(^|[.!?]\s+)([a-z])", lambda m: m.group(1) + m.group(2).upper(), text)


def typo(text, rng):
    """Swap, drop or double one letter inside a word."""
    spots = [i for i in range(1, len(text) - 2) if text[i - 1 : i + 2].isalpha()]
    if not spots:
        return text
    i = rng.choice(spots)
    return rng.choice([text[:i] + text[i + 1] + text[i] + text[i + 2 :], text[:i] + text[i + 1 :], text[:i] + text[i] + text[i:]])


def casing(text, rng):
    draw = rng.random()
    if draw < 0.45:
        return text.lower()
    if draw < 0.80:
        return text[:1].upper() + text[1:]
    if draw < 0.86:
        return text.upper()
    return text


def tweet(text, rng):
    """Mention in front (or behind), now and then a hashtag, a link or a reply chain."""
    if rng.random() < 0.8:
        handle = rng.choice(HANDLES)
        if rng.random() < 0.3:
            handle = rng.choice([handle.lower(), handle.upper()])
        if rng.random() < 0.1:
            handle += " " + rng.choice(HANDLES)
        text = f"{handle} {text}" if rng.random() < 0.85 else f"{text} {handle}"
    if rng.random() < 0.12:
        text += " " + rng.choice(HASHTAGS)
    if rng.random() < 0.08:
        text += " " + rng.choice(URLS)
    if rng.random() < 0.03:
        text = "RT " + text
    return text


def noisy(text, rng, strength=1.0):
    """One random restyling of `text`; with `strength` 0 it is returned unchanged."""
    if rng.random() < 0.35 * strength:
        text = casing(text, rng)
    if rng.random() < 0.12 * strength:
        text = re.sub(r"[.,!?;:'\"]", "", text)
    if rng.random() < 0.08 * strength:
        text = " ".join(ABBREVIATIONS.get(w, w) if rng.random() < 0.6 else w for w in text.split(" "))
    if rng.random() < 0.10 * strength:
        text = typo(text, rng)
    if rng.random() < 0.05 * strength:
        text = rng.choice(GREETINGS) + text
    if rng.random() < 0.18 * strength:
        text = tweet(text, rng)
    return text.strip()


if __name__ == "__main__":
    for seed in range(8):
        print(noisy("the acting is great , but the plot isn't .", random.Random(seed), 2))
