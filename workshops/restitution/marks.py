"""The words and styles of the .docx, shared by what writes it and what reads it back. Pure."""

PEOPLE = "Participants"
RECOMMENDATIONS = "Recommandations"
SOURCES = "Sources"
TENSIONS = "Ce qui tire en sens contraires (d’un constat à l’autre)"
REPORT = "Compte rendu"
OUTSIDE = "Hors séance"
SOMEONE = "Une personne de "

# Heads of the columns of the list of people, in words that the roster reader knows.
NAME, FUNCTION, ORGANISATION = "Prénom et nom", "Fonction", "Organisation"
PART, PRESENCE, PAGE = "Rôle dans l’atelier", "Présence", "Source"

# Names of styles. A finding has one a kind, so that its colour, and its kind, can be changed in Word at once.
TITLE, POINT, QUOTATION, DETAILS = (
    "Constat – titre",
    "Constat – point",
    "Constat – citation",
    "Constat – repère",
)
TENSION = "Tension entre constats"
NOTE, FACT, PART_OF, TABLE = "Précision", "Repère", "Élément de liste", "Table des personnes"
_STATEMENT = "Constat – "
KINDS = {
    "frein": "obstacle",
    "moteur": "ce qui aide",
    "ingredient": "ingrédient",
    "condition": "condition",
    "besoin": "besoin",
    "tension": "tension",
    "question": "question ouverte",
    "representation": "représentation",
    "constat": "constat",
}


def statement_style(kind: str) -> str:
    """The name of the style of a finding of `kind`."""
    return f"{_STATEMENT}{KINDS[kind]}"


def kind_of_style(style: str) -> str | None:
    """The kind of finding that `style` dresses; None for any other style."""
    return next((kind for kind in KINDS if statement_style(kind) == style), None)
