"""The Word file around a text: what it says of itself, its footer, its bytes; one look in all of ours."""

import io
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from docx import Document

from plans.lines import Run, even_text

from .word_styles import LANGUAGES, dress
from .word_text import TextWriter, field, tab

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What the library's own empty document brings: a picture of itself, old styles, empty data.
_OF_THE_LIBRARY = {"thumbnail", "stylesWithEffects", "customXml"}


def new_file(
    *,
    title: str,
    author: str,
    day: date,
    subtitle: str = "",
    language: str = "nb",
    identifier: str = "",
    version: int | None = None,
) -> Any:
    """An empty document of the library's, dressed. `identifier` says which text it holds."""
    file = Document()
    dress(file, language)
    about = file.core_properties
    about.title = even_text(title)[:255]
    about.author = about.last_modified_by = author[:255]
    about.subject = even_text(subtitle)[:255]
    about.identifier = identifier
    about.language = LANGUAGES.get(language, "nb-NO")
    about.comments = about.keywords = ""
    about.created = about.modified = datetime.combine(day, time(), UTC).replace(tzinfo=None)
    about.revision = version or 1
    for relations in (file.part.package.rels, file.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _OF_THE_LIBRARY:
                del relations[key]
    return file


def add_footer(file: Any, left: str) -> None:
    """These words on the left of each page's foot, its number on the right."""
    footer = file.sections[0].footer
    footer.is_linked_to_previous = False
    writer = TextWriter(file)
    page = Run(_("Side") + " ")
    content = [*writer.text(even_text(left)[:90]), tab(), *writer.runs([page]), *field("PAGE", "1")]
    paragraph = writer.paragraph("Footer", *content)
    place = footer._element
    for child in list(place):
        place.remove(child)
    place.append(paragraph)


def to_bytes(file: Any) -> bytes:
    """The .docx file."""
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()
