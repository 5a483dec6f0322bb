"""The steps of entering a workshop: one light page each, on a telephone too, over one row."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    key: str
    label: str
    hint: str


STEPS = (
    Step("atelier", "Atelier", "Le titre et la date suffisent pour commencer."),
    Step("deroule", "Déroulé", "Les séances, dans l’ordre, et qui invite ou accueille."),
    Step("presences", "Présences", "Une ligne par personne. Qui est seulement cité n’est pas présent."),
    Step("constats", "Constats", "Le genre et l’énoncé suffisent\u00a0; le reste peut attendre."),
    Step("recommandations", "Recommandations", "Ce qui a été recommandé, et à quels constats cela répond."),
)


def step_asked(key: str | None, is_new: bool) -> Step:
    """The step that an address asks for; the first one for a new workshop or an unknown step."""
    if is_new:
        return STEPS[0]
    return next((step for step in STEPS if step.key == key), STEPS[0])


def step_after(step: Step) -> Step | None:
    """The next step; None after the last."""
    place = STEPS.index(step)
    return STEPS[place + 1] if place + 1 < len(STEPS) else None
