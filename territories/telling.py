"""A place in plain French words. Pure but for the territory it reads."""

from foundations.typography import number_in_digits

from .models import Kind, RelationKind, Territory, TerritoryRelation


def place_in_words(territory: Territory, *, via: str = "") -> str:
    """What tells a place from its namesakes: « commune, Puy-de-Dôme, 5 177 habitants »."""
    parts = [f"ou {via}"] if via else []
    parts.append(territory.kind_label)
    if territory.located_in and territory.kind != Kind.ACADEMIE and territory.located_in != territory.name:
        parts.append(territory.located_in)
    if territory.population is not None:
        plural = "s" if territory.population > 1 else ""
        parts.append(f"{number_in_digits(territory.population)}\u00a0habitant{plural}")
    elif not territory.is_known:
        parts.append("composition non connue")
    return ", ".join(parts)


def share_in_words(share: float, whole: str = "habitants") -> str:
    """« 12 % des habitants », « tous les habitants », « moins de 1 % des habitants »: no 0 % or 100 % by rounding."""
    if share >= 1:
        return f"tous les {whole}" if whole == "habitants" else f"toutes les {whole}"
    percent = min(99, round(share * 100))
    return f"{percent}\u00a0% des {whole}" if percent else f"moins de 1\u00a0% des {whole}"


def relation_in_words(row: TerritoryRelation) -> str:
    """What one territory is to another, of the people where their number is known, of the communes otherwise."""
    other = row.to_territory.label
    if row.kind == RelationKind.SAME:
        return f"mêmes communes que {other}"
    if row.kind == RelationKind.WITHIN:
        return f"entièrement dans {other}"
    if row.kind == RelationKind.COVERS:
        return f"contient entièrement {other}"
    if row.population_share is not None and row.population_share_back is not None:
        return f"chevauche {other}\u00a0: {share_in_words(row.population_share)} d’ici, " + (
            f"{share_in_words(row.population_share_back)} de là-bas"
        )
    return f"chevauche {other}\u00a0: {share_in_words(row.commune_share, 'communes')} d’ici, " + (
        f"{share_in_words(row.commune_share_back, 'communes')} de là-bas"
    )
