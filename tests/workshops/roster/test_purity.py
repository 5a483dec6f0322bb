"""The reading of rosters knows neither Django nor the rest of the house."""

import ast
from pathlib import Path

import workshops.roster

FOLDER = Path(workshops.roster.__file__).parent
ALLOWED = {
    "__future__",
    "bisect",
    "collections",
    "csv",
    "dataclasses",
    "defusedxml",
    "docx",
    "enum",
    "functools",
    "io",
    "openpyxl",
    "pathlib",
}
ALLOWED |= {"pypdf", "re", "typing", "unicodedata", "zipfile"}


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").split(".")[0])
    return found


def test_it_imports_nothing_of_the_house():
    imported = {name for path in FOLDER.glob("*.py") for name in _imported(path)}
    assert imported <= ALLOWED, imported - ALLOWED
