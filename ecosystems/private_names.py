"""What an animator should look at twice before it is accepted: names and addresses of private people. Pure Python."""

import re

_TITLE = re.compile(r"\b(?:M\.|Mr|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Dr|Docteure?)\s+[A-ZÀ-Ý]")
_EMAIL = re.compile(r"\S+@\S+\.\w+")
_PHONE = re.compile(r"(?:\+33|\b0)\s?[1-9](?:[\s.\-]?\d{2}){4}\b")
# « Ada Petit », « Jean-Luc MARTIN »: two or three words with a capital, none of which is a word of organisations.
_PERSON = re.compile(
    r"[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?(?: (?:[A-ZÀ-Ý][a-zà-ÿ’'-]+|[A-ZÀ-Ý’'-]{2,})){1,2}"
)

PERSON = "Personne qui n’est pas publiée\u00a0: elle restera en brouillon, et le lien ne paraîtra pas sans son accord."
LOOKS_LIKE_ONE = "Est-ce le nom d’une personne\u202f? Si oui, dites-le\u00a0: elle restera en brouillon."
NAMED_WITHIN = "Une personne semble nommée dans ces mots\u00a0: retirez son nom si elle n’a rien demandé."
ADDRESS_WITHIN = "Une adresse ou un téléphone figure dans ces mots\u00a0: retirez-les."


def warnings(*, name: str, is_person: bool, is_known: bool, texts: list[str]) -> list[str]:
    """`is_known`: the directory publishes this actor already. `texts`: what else was typed of the tie."""
    found = []
    if is_person and not is_known:
        found.append(PERSON)
    elif not is_known and (_PERSON.fullmatch(name.strip()) or _TITLE.search(name)):
        found.append(LOOKS_LIKE_ONE)
    if any(_TITLE.search(text) for text in texts):
        found.append(NAMED_WITHIN)
    if any(_EMAIL.search(text) or _PHONE.search(text) for text in [name, *texts]):
        found.append(ADDRESS_WITHIN)
    return found
