"""Every msgid that the code says: in Python, in templates and in scripts."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import django.utils.dates
from django.conf import settings
from django.utils.translation.template import templatize

_APPS = ("helsefellesskap", "partners", "committees", "plans")
# What a call's arguments are, by the name of the function in django.utils.translation.
_ARGUMENTS = {
    "gettext": ("msgid",), "gettext_lazy": ("msgid",), "gettext_noop": ("msgid",), "later": ("msgid",),
    "ngettext": ("msgid", "plural"), "ngettext_lazy": ("msgid", "plural"),
    "pgettext": ("context", "msgid"), "pgettext_lazy": ("context", "msgid"),
    "npgettext": ("context", "msgid", "plural"), "npgettext_lazy": ("context", "msgid", "plural"),
}  # fmt: skip
# Whose functions mark what is to be translated: the second where there is no Django.
_MARKING = ("django.utils.translation", "helsefellesskap.sentences")
_STRING = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
# What Django's templatize makes of the tags: calls among signs that stand for everything else.
_IN_TEMPLATE = re.compile(
    rf"(?<![\w.])(_|n?p?gettext)\(\s*{_STRING}(?:\s*,\s*{_STRING})?(?:\s*,\s*{_STRING})?"
)
# word("…") of static/js/words.js; word.many("…", "…", n) has two forms.
_IN_SCRIPT = re.compile(rf"(?<![\w.])word(?:(\.many)\(\s*{_STRING}\s*,\s*{_STRING}|\(\s*{_STRING})")


@dataclass(frozen=True)
class Message:
    """One msgid, its plural and context where it has them, and the files that say it."""

    msgid: str
    plural: str = ""
    context: str = ""
    places: tuple[str, ...] = field(default=(), compare=False)

    @property
    def key(self) -> tuple[str, str]:
        return (self.msgid, self.context)


def found(language: str) -> list[Message]:
    """All msgids, each once, with up to three files that say it; for Sámi Django's dates too."""
    places: dict[Message, list[str]] = {}
    dates = _of_dates() if language == "se" else ()
    for file, message in (*_of_the_code(), *dates):
        places.setdefault(message, []).append(file)
    once = {message.key: message for message in sorted(places, key=lambda m: m.plural)}  # with plural wins
    together: dict[tuple[str, str], set[str]] = {}
    for message, files in places.items():
        together.setdefault(message.key, set()).update(files)
    return [
        Message(m.msgid, m.plural, m.context, places=tuple(sorted(together[key])[:3]))
        for key, m in once.items()
    ]


@cache
def _of_the_code() -> tuple[tuple[str, Message], ...]:
    """(file, message) wherever something is said; read once a process, since every language says the same."""
    return tuple(_everywhere())


def _everywhere() -> Iterator[tuple[str, Message]]:
    root = settings.BASE_DIR
    for app in _APPS:
        for file in sorted((root / app).rglob("*.py")):
            if "migrations" not in file.parts:
                yield from _named(file, in_python(file.read_text(encoding="utf-8")))
    for pattern in ("*.html", "*.txt"):
        for file in sorted((root / "templates").rglob(pattern)):
            yield from _named(file, in_template(file.read_text(encoding="utf-8")))
    for file in scripts():
        yield from _named(file, in_script(file.read_text(encoding="utf-8")))


def _of_dates() -> Iterator[tuple[str, Message]]:
    source = Path(django.utils.dates.__file__).read_text(encoding="utf-8")
    return (("django/utils/dates.py", message) for message in in_python(source))


def _named(file: Path, messages: Iterator[Message]) -> Iterator[tuple[str, Message]]:
    name = file.relative_to(settings.BASE_DIR).as_posix()
    return ((name, message) for message in messages)


def scripts() -> list[Path]:
    return sorted((settings.BASE_DIR / "static/js").rglob("*.js"))


def in_python(source: str) -> Iterator[Message]:
    """The msgids of a module: calls of what it imports from a module of `_MARKING`, by any name."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: _ARGUMENTS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in _MARKING
        for alias in node.names
        if alias.name in _ARGUMENTS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            roles = names[node.func.id]
            values = [a.value if isinstance(a, ast.Constant) else None for a in node.args[: len(roles)]]
            texts = [value for value in values if isinstance(value, str) and value]
            if len(texts) == len(roles):
                yield _message(roles, texts)


def in_template(source: str) -> Iterator[Message]:
    for call in _IN_TEMPLATE.finditer(templatize(source)):
        roles = _ARGUMENTS["gettext" if call[1] == "_" else call[1]]
        texts = [ast.literal_eval(text) for text in call.groups()[1 : 1 + len(roles)]]
        if texts[0]:
            yield _message(roles, texts)


def in_script(source: str) -> Iterator[Message]:
    for call in _IN_SCRIPT.finditer(source):
        if call[1]:
            yield Message(ast.literal_eval(call[2]), ast.literal_eval(call[3]))
        else:
            yield Message(ast.literal_eval(call[4]))


def _message(roles: tuple[str, ...], texts: list[str]) -> Message:
    said = dict(zip(roles, texts, strict=True))
    return Message(said["msgid"], said.get("plural", ""), said.get("context", ""))
