"""Which module may know which: imports go one way, and only the command line prints."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from command import ROOT

PACKAGE = ROOT / "publish"
LAYERS = (  # each may import what stands in its own row or above it
    {"errors", "document", "resources", "theme", "__init__"},
    {"ledger", "language", "house_style", "tally"},
    {"edition", "edition_schema", "boilerplate"},
    {"context", "book", "corrections", "read", "places", "glossary_terms", "images"},
    {"colour", "conditions", "picture_colour", "pdf"},
    {"paper", "imposition", "trim"},
    {"edition_faults"},
    {"edition_folder"},
    {"queries", "collation"},
    {"readings", "lines", "structure", "rules"},
    {"stages"},
    {
        "pipeline",
        "rendering",
        "cover",
        "barcode",
        "cover_back",
        "cover_blurb",
        "cover_designs",
        "cover_inks",
        "cover_lines",
        "cover_own",
        "cover_patterns",
        "cover_shapes",
        "cover_spine",
        "cover_spread",
        "cover_wrap",
    },
    {"preflight"},
    {"render", "writers", "catalogue"},
    {"commands", "desk", "doctor"},
    {"cli"},
    {"__main__"},
)
MODULES = sorted(PACKAGE.rglob("*.py"))


def unit(path: Path) -> str:
    """The layer's member a module belongs to: its package inside publish, or its own name."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def layer(name: str) -> int | None:
    return next((i for i, names in enumerate(LAYERS) if name in names), None)


def imports(path: Path) -> list[tuple[int, str]]:
    """(line, member of a layer) of each import, but for those that only type checkers see."""
    found = []
    tree = ast.parse(path.read_text("utf-8"))
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            skipped |= set(ast.walk(node))
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [f"{node.module}.{a.name}" if node.module == "publish" else f"{node.module}"
                     for a in node.names]  # fmt: skip
        else:
            assert not isinstance(node, ast.ImportFrom), f"{path}: a relative import"
            continue
        found += [(node.lineno, n.split(".")[1]) for n in names if n.startswith("publish.")]
    return found


def test_every_module_has_its_layer():
    assert [p.name for p in MODULES if layer(unit(p)) is None] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path):
    own = layer(unit(path))
    assert own is not None
    for line, name in imports(path):
        other = layer(name)
        if other is not None:  # `from publish import __version__` names no module
            assert other <= own, f"{path.name}, line {line}: imports {name}"


def test_only_the_command_line_prints():
    for path in MODULES:
        if path.name == "cli.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "print", f"{path.name}, line {node.lineno}"


def test_nothing_is_caught_blindly():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                blind = node.type is None or (
                    isinstance(node.type, ast.Name)
                    and node.type.id in ("Exception", "BaseException")
                    and not any(isinstance(n, ast.Raise) for n in ast.walk(node))
                )
                assert not blind, f"{path.name}, line {node.lineno}"
