"""The files of the project, for the tests that read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ["foundations", "territories", "actors", "workshops", "ecosystems", "directory"]


@cache
def files() -> tuple[Path, ...]:
    """Every file that git knows, or would take: not what .gitignore leaves out."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(ROOT / name for name in sorted(listed) if (ROOT / name).is_file())


def with_suffix(*suffixes: str) -> list[Path]:
    return [path for path in files() if path.suffix in suffixes]


def modules(*folders: str) -> list[Path]:
    """The Python files of `folders`, migrations apart: nobody writes them by hand."""
    return [
        path
        for path in with_suffix(".py")
        if path.relative_to(ROOT).parts[0] in folders and "migrations" not in path.parts
    ]


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def strings(tree: ast.AST) -> Iterator[ast.Constant]:
    """The texts of a module that are not docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node
