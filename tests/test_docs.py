"""What the documents say of the code is so: paths exist, every module has its place, links lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from committees import actions as committees
from partners import actions as partners
from plans import actions as plans

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/where-things-are.md"
APPS = ["helsefellesskap", "partners", "committees", "plans"]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md")]
# A path has a slash or a known ending; `{a,b}` and `*` stand for several.
_PATH = re.compile(r"^[\w.*{},-]*(?:/[\w.*{},-]*)+$|^[\w.-]+\.(?:py|md|toml|json|txt)$")


def named() -> list[str]:
    """The paths that the page names, in the order of the page, `{a,b}` written out."""
    quoted = re.findall(r"`([^`\n]+)`", PAGE.read_text())
    return [path for words in quoted if _PATH.match(words) for path in _written_out(words)]


def _written_out(path: str) -> list[str]:
    if not (braces := re.search(r"\{([^}]*)\}", path)):
        return [path]
    before, after = path[: braces.start()], path[braces.end() :]
    return [whole for part in braces[1].split(",") for whole in _written_out(before + part + after)]


def test_every_path_that_the_page_names_exists() -> None:
    paths = named()
    assert len(paths) > 100
    assert [path for path in paths if not list(ROOT.glob(path))] == []


def test_every_module_and_template_folder_is_on_the_page() -> None:
    """A file counts as named by itself, by a pattern, or by its folder (a name that ends in a slash)."""
    found = {file for path in named() for file in ROOT.glob(path)}
    folders = {ROOT / path for path in named() if path.endswith("/")}
    modules = [
        file
        for app in APPS
        for file in (ROOT / app).rglob("*.py")
        if "migrations" not in file.parts and file.name != "__init__.py"
    ]
    places = [folder for folder in (ROOT / "templates").rglob("*") if any(folder.glob("*.*"))]
    missing = [
        str(file.relative_to(ROOT))
        for file in modules + places
        # The app's own folder says nothing about one of its modules.
        if file not in found and not folders & (set(file.parents) - {ROOT / app for app in APPS})
    ]
    assert missing == []


def sentences() -> list[str]:
    """The names in the table of what people say."""
    table = PAGE.read_text().partition("## Twelve sentences")[2].partition("\n## ")[0]
    return re.findall(r"\| `(\w+)` \|$", table, re.MULTILINE)


def test_there_are_twelve_of_them() -> None:
    assert len(set(sentences())) == 12


@pytest.mark.parametrize("name", sentences())
def test_what_people_say_has_one_action_one_view_one_template_and_one_test_of_its_name(name: str) -> None:
    actions = [app for app in (partners, committees, plans) if hasattr(app, name)]
    views = {pattern.callback.__name__ for pattern in addresses(get_resolver()) if pattern.name == name}
    templates = list((ROOT / "templates").rglob(f"{name}.html"))
    tests = [file for file in (ROOT / "tests").rglob(f"test_{name}.py") if "e2e" not in file.parts]
    assert (len(actions), views, len(templates), len(tests)) == (1, {name}, 1, 1)


def addresses(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from addresses(pattern)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s#]+)[^)]*\)", document.read_text())
    inside = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in inside if not (document.parent / link).exists()] == []
