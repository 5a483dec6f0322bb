"""Files that one can read, and that say nothing of the machine they were written on."""

import ast
import re

import pytest

from tests.architecture.sources import FLOORS, ROOT, files, modules, shown, with_suffix

LONGEST_FILE = 400  # lines
LONG_FUNCTION = 35  # lines; 95 % of functions are shorter
# Written in two halves, so that this file does not betray itself.
MACHINE = re.compile(
    "|".join(["/wo" + "rk/(main|shared)", "/ro" + "ot/", "/opt/" + "pypi", "/tm" + "p/brief"])
)
REGISTRY = re.compile(r'"resol' + r'ved":|--(extra-)?index' + r"-url[ =]https?:|--find" + r"-links[ =]")


@pytest.mark.parametrize("suffix", [".py", ".html", ".css", ".js"])
def test_no_file_is_too_long_to_read(suffix):
    lengths = {
        shown(path): path.read_text().count("\n")
        for path in with_suffix(suffix)
        if "migrations" not in path.parts
    }
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short():
    lengths = []
    for path in modules(*FLOORS, "config", "scripts"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths.append(
                    (node.end_lineno - node.lineno + 1, f"{shown(path)}:{node.lineno} {node.name}")
                )
    long = sorted((length, where) for length, where in lengths if length >= LONG_FUNCTION)
    assert len(long) <= 0.05 * len(lengths), "\n".join(f"{length} {where}" for length, where in long)


def test_rooms_have_the_names_of_the_house():
    """No drawer for whatever does not fit: logic is in actions, reads in querysets, the rest has a name of its own."""
    forbidden = {"utils.py", "helpers.py", "services.py", "signals.py", "misc.py", "common.py"}
    assert [shown(path) for path in modules(*FLOORS, "config") if path.name in forbidden] == []


def test_nothing_tells_of_a_machine():
    offences = [
        f"{shown(path)}:{number} {line.strip()[:80]}"
        for path in files()
        if path.suffix
        in {".py", ".toml", ".txt", ".in", ".md", ".json", ".html", ".css", ".js", ".yml", ".csv", ""}
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if MACHINE.search(line) or REGISTRY.search(line)
    ]
    assert offences == []


def test_each_linter_exception_says_why():
    silent = re.compile(r"#\s*(noqa(:\s*[A-Z0-9, ]+)?|type:\s*ignore|pragma: no cover)\s*$")
    offences = [
        f"{shown(path)}:{number}"
        for path in modules(*FLOORS, "config", "scripts")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if silent.search(line) and "#" not in _line_before(path.read_text().splitlines(), number)
    ]
    assert offences == []


def _line_before(lines: list[str], number: int) -> str:
    return lines[number - 2] if number > 1 else ""


def test_each_dependency_says_why():
    for name in ("base", "dev", "node"):
        lines = (ROOT / "requirements" / f"{name}.in").read_text().splitlines()
        for above, line in zip(["", *lines], lines, strict=False):
            if line and not line.startswith(("#", "-")):
                assert "#" in line or above.startswith("#"), f"{name}.in: {line}"
