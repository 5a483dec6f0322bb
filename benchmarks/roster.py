"""How long reading a roster takes, as it grows: the time per line must not.

    python -m benchmarks.roster            10 000 to 100 000 lines, all different
    python -m benchmarks.roster 200000     another size

Nothing but the standard library and the pure module is needed: no database.
"""

import random
import sys
import time

from workshops.roster import read_roster

_GIVEN = [
    "Solveig",
    "Tancrède",
    "Nadège",
    "Basile",
    "Ysaline",
    "Oumar",
    "Maëlle",
    "Ludivine",
    "Jean-Luc",
    "Vivien",
]
_ROLES = [
    "Directrice",
    "Chargé de mission innovation",
    "Maire",
    "Cheffe de projet",
    "Doctorante",
    "Responsable vie associative",
]
_NATURES = ["Ville de", "Communauté de communes de", "Association", "Mairie de", "Lycée", "CCAS de"]
_SYLLABLES = ["bru", "me", "val", "lin", "gue", "tor", "fon", "mar", "che", "ran", "dol", "si", "pa", "rou"]


def _word(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(3)).capitalize()


def _people(count: int, rng: random.Random) -> list[str]:
    return [
        f"{rng.choice(_GIVEN)} {_word(rng)}, {rng.choice(_ROLES)}, {rng.choice(_NATURES)} {_word(rng)}"
        for _ in range(count)
    ]


def _shapes(count: int) -> dict[str, str]:
    """Texts of `count` entries, in the shapes that could cost most."""
    rng = random.Random(2022)  # noqa: S311 (a benchmark must draw the same lines each time)
    people = _people(count, rng)
    return {
        "bullets": "Présents :\n" + "\n".join(f"- {person}" for person in people),
        "table": "Nom\tFonction\tOrganisme\n" + "\n".join(person.replace(", ", "\t") for person in people),
        "one paragraph": "Présents : " + " ; ".join(people),
        "prose": "\n".join(
            f"Le groupe a rappelé que {person} est venu, et qu’il faut en tenir compte." for person in people
        ),
        "same character": "a" * (count * 40),
        "brackets": "(" * (count * 20) + ")" * (count * 20),
    }


def main(largest: int) -> None:
    """Prints, for each shape, seconds of processor and microseconds per line at a tenth and at the whole
    of `largest`.
    """
    for size in (largest // 10, largest):
        for name, text in _shapes(size).items():
            start = time.process_time()
            found = len(read_roster(text))
            spent = time.process_time() - start
            print(
                f"{name:16} {size:>8} lines  {found:>8} entries  {spent:7.2f} s  {spent / size * 1e6:7.1f} µs a line"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
