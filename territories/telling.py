"""A place in plain French words. Pure but for the territory it reads."""

from foundations.typography import number_in_digits

from .models import Kind, Territory


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
