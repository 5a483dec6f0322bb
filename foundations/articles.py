"""The French article before the name of a body, as far as its first word tells. Pure Python."""

from .text import sort_key


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LA = _words(
    """banque caisse chaire chambre commune communaute cooperative delegation direction dreal ddt federation
    fondation mairie maison metropole mission plateforme prefecture region regie societe ville"""
)
_LE = _words(
    """bureau cabinet ccas centre cerema collectif college comite conseil departement fonds groupe groupement
    laboratoire lycee ministere musee parc petr pole rectorat reseau sgar smtc syndicat tribunal"""
)
_LES = _words("amis archives ateliers services")
# Before a vowel the article is « l’ » for either gender.
_ELIDED = _words(
    """academie agence agglomeration antenne association atelier ecole etablissement etat executif hopital institut
    intercommunalite observatoire office organisme universite union"""
)


def of_the(name: str) -> str:
    """« de la Ville de Thiers », « du PETR… », « de l’École… », « d’Assemblia », « de CISCA »."""
    words = sort_key(name).split()
    first = words[0] if words else ""
    if first in _ELIDED:
        return f"de l’{name}"
    if first in _LA:
        return f"de la {name}"
    if first in _LE:
        return f"du {name}"
    if first in _LES:
        return f"des {name}"
    if first in {"la", "l"}:
        return f"de {name[:1].lower()}{name[1:]}"
    if first in {"le", "les"}:
        return f"{'du' if first == 'le' else 'des'} {name.split(maxsplit=1)[-1]}"
    return f"d’{name}" if first[:1] in tuple("aeiouy") else f"de {name}"
