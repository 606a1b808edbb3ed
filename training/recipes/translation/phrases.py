"""Sentence pairs of customer support from `phrases.tsv`: hand-written pairs whose braces are filled alike on both sides.

In the English column `{a item}`, `{the item}`, `{my item}` and `{this item}` are a noun with its word, in the Spanish one `{un item}`,
`{el item}`, `{mi item}`, `{este item}`, `{del item}` and `{de mi item}`; a capital begins a sentence. `{o}` is the ending that agrees
with the noun, `{it}` and `{lo}` its pronoun. `{thing}` is a second noun. What else stands in braces is a row of `values`."""

import pathlib
import random
import re

here = pathlib.Path(__file__).parent

items = """jacket chaqueta f|shirt camisa f|dress vestido m|coat abrigo m|pair of shoes par_de_zapatos m|sweater suéter m|backpack mochila f
watch reloj m|phone teléfono m|laptop portátil m|tablet tableta f|camera cámara f|headset auricular m|charger cargador m|battery batería f
screen pantalla f|keyboard teclado m|printer impresora f|television televisor m|washing machine lavadora f|fridge nevera f|oven horno m
lamp lámpara f|table mesa f|chair silla f|mattress colchón m|sofa sofá m|bicycle bicicleta f|helmet casco m|toy juguete m|book libro m
suitcase maleta f|ring anillo m|necklace collar m|bag bolso m|blender batidora f|coffee machine cafetera f|package paquete m|parcel paquete m
product producto m|item artículo m|order pedido m|gift regalo m|gift card tarjeta_de_regalo f|wallet cartera f|hat sombrero m"""

devices = "router enrutador m|modem módem m|computer ordenador m|phone teléfono m|tablet tableta f|printer impresora f|device dispositivo m"

values = {
    "order": None,
    "amount": None,
    "phone": None,
    "email": None,
    "street": None,
    "days": [(word, word) for word in ("3", "5", "7", "10", "14", "30")]
    + [("two", "dos"), ("three", "tres"), ("four", "cuatro"), ("five", "cinco"), ("ten", "diez"), ("twelve", "doce")],
    "weekday": [
        ("Monday", "lunes"), ("Tuesday", "martes"), ("Wednesday", "miércoles"), ("Thursday", "jueves"),
        ("Friday", "viernes"), ("Saturday", "sábado"), ("Sunday", "domingo"),
    ],
    "date": [("May 3", "3 de mayo"), ("June 15", "15 de junio"), ("March 1", "1 de marzo"), ("December 31", "31 de diciembre")],
    "time": [("8:00", "8:00"), ("9:30", "9:30"), ("6:00", "6:00"), ("10:15", "10:15")],
    "country": [
        ("Mexico", "México"), ("Spain", "España"), ("Canada", "Canadá"), ("Germany", "Alemania"), ("Peru", "Perú"),
        ("France", "Francia"), ("Japan", "Japón"), ("Colombia", "Colombia"), ("Italy", "Italia"), ("Chile", "Chile"),
    ],
    "name": [(name, name) for name in ("Maria", "Carlos", "Anna", "Tom", "Laura", "David", "Sofia", "Peter", "Lucia", "John")],
    "payment": [
        ("a credit card", "tarjeta de crédito"), ("a debit card", "tarjeta de débito"), ("a bank transfer", "transferencia bancaria"),
        ("cash", "efectivo"), ("a gift card", "una tarjeta de regalo"), ("PayPal", "PayPal"),
    ],
    "percent": [("10%", "10 %"), ("15%", "15 %"), ("20%", "20 %"), ("5%", "5 %")],
}  # fmt: skip

spanish = {
    "un": ("un", "una"), "el": ("el", "la"), "mi": ("mi", "mi"), "este": ("este", "esta"), "del": ("del", "de la"), "de mi": ("de mi", "de mi"),
}  # fmt: skip


def nouns(text):
    """(English, Spanish, whether it is feminine) of `english spanish m|…`."""
    rows = [row.rsplit(" ", 2) for row in text.replace("\n", "|").split("|")]
    return [(english, word.replace("_", " "), gender == "f") for english, word, gender in rows]


def number(rng, kind):
    digits = lambda count: "".join(str(rng.randrange(10)) for _ in range(count))
    if kind == "order":
        return rng.choice(["", "#", "A-", "ES-"]) + digits(rng.choice([5, 6, 8]))
    if kind == "amount":
        return rng.choice([f"${rng.randrange(2, 400)}", f"{rng.randrange(2, 400)} €", f"${rng.randrange(2, 90)}.{digits(2)}"])
    if kind == "phone":
        return f"555-{digits(4)}"
    if kind == "email":
        return f"{rng.choice(['maria', 'john', 'info', 'tom'])}{digits(2)}@example.com"
    return f"{rng.randrange(1, 200)} {rng.choice(['Main Street', 'Oak Avenue', 'Calle Mayor', 'Hill Road'])}"


def article(noun):
    return "an" if noun[0] in "aeiou" else "a"


class Filling:
    """What stands in the braces of one pair; the same on both sides."""

    def __init__(self, rng):
        self.rng = rng
        self.nouns = {"item": rng.choice(nouns(items)), "device": rng.choice(nouns(devices))}
        self.nouns["thing"] = rng.choice([noun for noun in nouns(items) if noun[1] != self.nouns["item"][1]])
        self.said = {}

    def english(self, match):
        word, _, kind = match[1].partition(" ")
        if kind:
            noun = self.nouns[kind][0]
            return spelled(word, article(noun) if word.lower() == "a" else word.lower()) + " " + noun
        return "it" if word == "it" else self.value(word)[0]

    def spanish(self, match):
        if match[1] in ("o", "lo"):
            feminine = self.nouns["item"][2]
            return {"o": "oa", "lo": ("lo", "la")}[match[1]][feminine]
        word, _, kind = match[1].rpartition(" ")
        if word:
            _, noun, feminine = self.nouns[kind]
            return spelled(word, spanish[word.lower()][feminine]) + " " + noun
        return self.value(kind)[1]

    def value(self, kind):
        if kind not in self.said:
            number_of = lambda: (number(self.rng, kind),) * 2
            self.said[kind] = number_of() if values[kind] is None else self.rng.choice(values[kind])
        return self.said[kind]


def spelled(like, word):
    """`word` with a capital where `like` has one."""
    return word[0].upper() + word[1:] if like[0].isupper() else word


def templates():
    """(English, Spanish) with braces, in the order of the file."""
    lines = (here / "phrases.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def pairs(seed, wanted=lambda english: True, variants=12):
    """Each wanted template filled up to `variants` times, differently; one without braces stands as often as it takes to be heard."""
    rng = random.Random(seed)
    found = []
    for english, es in filter(lambda template: wanted(template[0]), templates()):
        for _ in range(variants if "{" in english else 4):
            filling = Filling(rng)
            found.append((re.sub(r"\{([^}]+)\}", filling.english, english), re.sub(r"\{([^}]+)\}", filling.spanish, es)))
    return found
