"""What the browser is given: small, whole, and nothing a strict policy would refuse."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command
from pytest_django import Settings

STATIC = Path(settings.ROOT, "static")
TEMPLATES = Path(settings.ROOT, "templates")
IMPORT = re.compile(r'\b(?:from |import\()"(\./[^"]+)"')
KILOBYTE = 1000


def packed(*files: Path) -> int:
    """How many bytes these files take on the way to a browser."""
    return len(gzip.compress(b"".join(file.read_bytes() for file in files)))


def test_the_study_page_stays_small() -> None:
    assert packed(*STATIC.glob("study/*.js")) < 30 * KILOBYTE
    assert packed(STATIC / "app.css", STATIC / "study/study.css") < 20 * KILOBYTE


def test_every_module_finds_what_it_imports_under_its_hashed_name(
    tmp_path: Path, settings: Settings
) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "apps.config.storage.HashedModulesStorage"},
    }
    call_command(Command(), interactive=False, verbosity=0)
    modules = [*tmp_path.glob("study/*.*.js"), *tmp_path.glob("quiz/*.*.js")]
    assert modules
    imported = [(module, name) for module in modules for name in IMPORT.findall(module.read_text())]
    assert imported
    assert [pair for pair in imported if not (pair[0].parent / pair[1]).exists()] == []
    assert [name for _, name in imported if not re.search(r"\.[0-9a-f]{12}\.js$", name)] == []


@pytest.mark.parametrize("module", sorted(STATIC.glob("*/*.js")), ids=lambda path: path.name)
def test_modules_put_words_on_the_page_as_text_only(module: Path) -> None:
    unsafe = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(")
    assert not unsafe.search(module.read_text())


@pytest.mark.parametrize(
    "template", sorted(TEMPLATES.rglob("*.html")), ids=lambda p: str(p.relative_to(TEMPLATES))
)
def test_templates_hold_no_inline_style_or_script(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\bsrc=)", text)
