"""Entering an ecosystem with all it gathers."""

from collections.abc import Iterable

from actors.actions.record import record
from actors.models import Actor
from territories.models import Territory
from workshops.models import Workshop

from ..models import Ecosystem


def record_ecosystem(
    *,
    slug: str,
    territories: Iterable[Territory] = (),
    actors: Iterable[Actor] = (),
    workshops: Iterable[Workshop] = (),
    **values,
) -> Ecosystem | None:
    """The ecosystem of this address with all it gathers; written only where it says something new.

    `values`: columns of Ecosystem and options of `actors.actions.record.record`.
    """
    links: dict[str, list] = {
        "territories": list(territories),
        "actors": list(actors),
        "workshops": list(workshops),
    }
    return record(Ecosystem, slug=slug, links=links, **values)
