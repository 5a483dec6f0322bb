"""The words around a need, and the everyday words for who might answer it: sort keys, all but those of `either`."""

from actors.models import Nature
from foundations.text import sort_key

# The everyday words for a nature of organisation.
_NATURES = {
    Nature.ASSOCIATION: "association associations asso assos",
    Nature.COMPANY: "entreprise entreprises scop scops",
    Nature.LOCAL_AUTHORITY: "commune communes collectivite collectivites mairie mairies",
    Nature.INTERMUNICIPAL: "intercommunalite intercommunalites interco intercos agglo agglos comcom comcoms epci",
    Nature.MIXED_SYNDICATE: "petr",
    Nature.PARK: "pnr",
    Nature.SCHOOL: "universite universites",
    Nature.LAB: "chaire chaires",
}
NATURE_WORDS = {word: nature for nature, words in _NATURES.items() for word in words.split()} | {
    "collectivite locale": Nature.LOCAL_AUTHORITY,
    "collectivite territoriale": Nature.LOCAL_AUTHORITY,
    "collectivites locales": Nature.LOCAL_AUTHORITY,
    "collectivites territoriales": Nature.LOCAL_AUTHORITY,
    "com com": Nature.INTERMUNICIPAL,
    "communaute d agglomeration": Nature.INTERMUNICIPAL,
    "communaute de communes": Nature.INTERMUNICIPAL,
    "communaute urbaine": Nature.INTERMUNICIPAL,
    "communautes de communes": Nature.INTERMUNICIPAL,
    "syndicat mixte": Nature.MIXED_SYNDICATE,
    "syndicats mixtes": Nature.MIXED_SYNDICATE,
    "parc naturel": Nature.PARK,
    "parc naturel regional": Nature.PARK,
    "parcs naturels": Nature.PARK,
    "parcs naturels regionaux": Nature.PARK,
    "service de l etat": Nature.STATE,
    "services de l etat": Nature.STATE,
    "etablissement public": Nature.PUBLIC_BODY,
    "etablissements publics": Nature.PUBLIC_BODY,
}
# What leads to a place: « près de », « à côté d’ », « aux environs de ».
LINKING = frozenset({
    "a", "alentours", "au", "autour", "aux", "cote", "d", "dans", "de", "des", "du", "en", "environs", "l", "la", "le",
    "les", "pres", "proche", "secteur", "sur", "vers",
})  # fmt: skip
# What one says around a need: no text is looked for because of them. French stop words that PostgreSQL's list forgets,
# or knows only with the accent that is dropped before it is read (« à », « même »); and what opens and ends a letter.
ASKING = frozenset({
    "a", "adresser", "afin", "aimerais", "aimerions", "alors", "aussi", "autre", "autres", "avoir", "besoin", "bonjour",
    "ceux", "celle", "celui", "cet", "cette", "cherche", "cherchons", "chercher", "chez", "comme", "comment",
    "connaissent", "connaissez", "connait", "connaitre", "contacter", "cordialement", "devons", "dois", "doit", "donc",
    "dont", "elles", "entre", "etre", "faut", "ici", "ils", "les", "leurs", "madame", "meme", "memes", "merci",
    "monsieur", "ni", "peut", "peuvent", "peux", "plus", "pourrait", "pourraient", "pourriez", "pouvez", "quand",
    "quel", "quelle", "quelles", "quelqu", "quelqu un", "quels", "quoi", "recherchons", "sait", "sans", "savent", "si",
    "souhaitais", "souhaite", "souhaitent", "souhaiterais", "souhaiterions", "souhaitons", "sous", "svp", "tous",
    "tout", "toute", "toutes", "tres", "trouver", "vers", "veut", "veux", "voudrais", "voudrait", "voudrions",
    "voulons",
})  # fmt: skip
_PRONOUNS = frozenset(
    {"elle", "il", "je", "nous", "on", "t", "tu", "vous"}
)  # « connaissez-vous », « peut-on »
# What one does of a need: beside it, it says no more (« animer un débat public »).
DOING = frozenset({
    "accompagner", "aide", "aider", "aides", "animer", "conduire", "creer", "faire", "lancer", "mener", "mettre",
    "monter", "organiser", "realiser",
})  # fmt: skip
# The same as nouns: they are a need of their own more often (« création d’entreprise »), but beside a competence.
DEEDS = frozenset({"accompagnement", "animation", "creation", "lancement", "mise en place", "organisation"})
# What everybody calls a body whose name says otherwise; never two bodies that are told apart (DDT and Département).
_ALSO_CALLED = {
    "conseil departemental": "département",
    "conseil general": "département",
    "direction": "directeur or directrice",
    "rectorat": "académie",
}
# French stems a function and its other gender apart.
_GENDERS = [
    pair
    for one, other in (
        ("teur", "trice"),
        ("teurs", "trices"),
        ("eur", "euse"),
        ("eurs", "euses"),
        ("ier", "ière"),
        ("iers", "ières"),
        ("ef", "effe"),
        ("efs", "effes"),
    )
    for pair in ((one, other), (other, one))
]
TOGETHER = frozenset(words for words in (*_ALSO_CALLED, *DEEDS) if " " in words)  # read as one word


def asks(key: str) -> bool:
    """Whether `key` asks, and says nothing of what is looked for: « cherche », « connaissez-vous »."""
    return key in ASKING or all(word in ASKING or word in _PRONOUNS for word in key.split())


def either(word: str) -> str:
    """`word` or what says the same (the other gender of a function), in PostgreSQL's web search syntax."""
    if also := _ALSO_CALLED.get(sort_key(word)):
        return f'"{word}" or {also}'
    for ending, other in _GENDERS:
        if word.lower().endswith(ending) and len(word) > len(ending) + 1:
            return f"{word} or {word[: -len(ending)]}{other}"
    return word
