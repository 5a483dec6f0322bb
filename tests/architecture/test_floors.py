"""A lower floor never names a higher one. import-linter holds the imports; here, what only a text can betray."""

import ast
import re

import pytest
from django.apps import apps

from tests.architecture.sources import FLOORS, modules, shown, strings


def _names_from_above(floor: int) -> set[str]:
    """How models of this floor and below are reached back from models above: accessors and query names."""
    above = set(FLOORS[floor + 1 :])
    found: set[str] = set()
    own: set[str] = set()
    for model in (
        model for label in FLOORS[: floor + 1] for model in apps.get_app_config(label).get_models()
    ):
        for field in model._meta.get_fields(include_hidden=False):
            reverse = field.auto_created and not field.concrete
            if reverse and field.related_model._meta.app_label in above:
                found |= {field.name, field.get_accessor_name() or field.name}
            else:
                own.add(field.name)
        own |= {name for name in vars(model) if not hasattr(getattr(model, name, None), "rel")}
    return found - own


@pytest.mark.parametrize("floor", range(len(FLOORS) - 1), ids=FLOORS[:-1])
def test_lower_floor_does_not_name_a_higher_one(floor):
    higher = FLOORS[floor + 1 :]
    label = re.compile(rf"^({'|'.join(higher)})[.:/]\w")
    reverse = _names_from_above(floor)
    offences = []
    for path in modules(FLOORS[floor]):
        tree = ast.parse(path.read_text())
        for node in strings(tree):
            segments = set(re.split(r"__|\.", node.value.lstrip("-")))
            if label.match(node.value) or (segments & reverse and re.fullmatch(r"-?[\w.]+", node.value)):
                offences.append(f"{shown(path)}:{node.lineno} « {node.value} »")
        offences += [
            f"{shown(path)}:{node.lineno} .{node.attr}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in reverse
        ]
    assert not offences, "\n".join(offences)


def test_the_net_has_no_hole():
    """Actors are reached back from workshops: their names are in the net."""
    assert "attendances" in _names_from_above(FLOORS.index("actors"))


def test_wiring_is_imported_by_nobody():
    pattern = re.compile(r"^\s*(from|import) config\b", re.MULTILINE)
    assert [shown(path) for path in modules(*FLOORS) if pattern.search(path.read_text())] == []
