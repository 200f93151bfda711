"""The order of the house: imports are checked by import-linter, the rest here."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
LAYERS = [line.replace(" ", "").split("|") for line in CONTRACTS["contracts"][0]["layers"]]
RANK = {name: rank for rank, names in enumerate(reversed(LAYERS)) for name in names}
OURS = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("apps.")]
SOURCES = [p for p in (ROOT / "apps").rglob("*.py") if "migrations" not in p.parts]
SCRIPTS = [p for p in (ROOT / "static").rglob("*.js") if "vendor" not in p.parts]
MOST_LINES, LONGEST_FUNCTION = 400, 60


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_imports_point_down() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_relations_point_down(model: type[Model]) -> None:
    # A foreign key may name its model in a string, which import-linter does not see.
    here = model._meta.app_label
    for field in model._meta.get_fields():
        if field.is_relation and field.concrete and field.related_model in OURS:
            there = field.related_model._meta.app_label
            assert there == here or RANK[there] < RANK[here], f"{field} points up to {there}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= MOST_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_scripts_stay_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text())
    if tree.body:
        assert ast.get_docstring(tree), "add a sentence of purpose at the top"
