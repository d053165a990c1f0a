"""Stored rich text on its way to print: the words stay, the shapes become what a tagged file can hold."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from helsefellesskap.letters import printable_text, visible
from helsefellesskap.richtext import clean_block, plain
from plans.exporters.prose import for_print

WORDS = st.sampled_from(["ord", "to ord", "å & ø", "", " ", "1 < 2"])
CELLS = st.builds(
    lambda tag, wide, tall, words: f'<{tag} colspan="{wide}" rowspan="{tall}">{words}</{tag}>',
    st.sampled_from(["td", "th"]),
    st.integers(0, 3),
    st.integers(0, 3),
    WORDS,
)
TABLES = st.lists(st.lists(CELLS, max_size=4).map("".join), max_size=4).map(
    lambda rows: "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
)
INLINE = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, one, two: f"<{tag}>{one}</{tag.split()[0]}>{two}",
        st.sampled_from(["strong", "em", 'a href="https://a.example/"', 'a href="#x"', 'a href="http://["']),
        inner,
        inner,
    ),
)
BLOCKS = st.lists(
    TABLES
    | st.builds(lambda tag, words: f"<{tag}>{words}</{tag}>", st.sampled_from(["p", "h4", "h5"]), INLINE)
).map(lambda blocks: clean_block("".join(blocks)))


@settings(deadline=None)
@given(BLOCKS)
def test_the_words_stay(html: str) -> None:
    printed = re.sub(r"(</?)h\d", r"\1h4", for_print(html))  # levels may change
    assert plain(printed).split() == plain(html).split()


@settings(deadline=None)
@given(BLOCKS, st.integers(1, 6))
def test_what_comes_out_can_be_tagged(html: str, level: int) -> None:
    root = lxml_html.fragment_fromstring(for_print(html, level=level), create_parent="div")
    for table in root.iter("table"):
        widths = {sum(int(cell.get("colspan", 1)) for cell in row) for row in table.iter("tr")}
        assert len(widths) <= 1
    last = level
    for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        assert int(heading.tag[1]) <= last + 1
        last = int(heading.tag[1])
    assert [link for link in root.iter("a") if len(link) or link.get("href") != "https://a.example/"] == []


def test_a_link_with_bold_in_it_becomes_links_side_by_side() -> None:
    assert for_print('<a href="https://a.example/">en <strong>ny</strong> avtale</a>') == (
        '<a href="https://a.example/">en </a><strong><a href="https://a.example/">ny</a></strong>'
        '<a href="https://a.example/"> avtale</a>'
    )


def test_what_is_struck_out_says_so() -> None:
    assert for_print("Møte <s>i mai</s> i juni") == (
        'Møte <s>i mai</s><span class="struck-note"> (strøket)</span> i juni'
    )


def test_letters_that_the_font_lacks_have_stand_ins() -> None:
    assert printable_text("áčđŋšŧž «æøå» – ✓ …") == "áčđŋšŧž «æøå» – ✓ …"
    assert printable_text("\uf0b7 ✔ \u200dfﬁn 漢\u2028x") == "• ✓ ffin □ x"
    assert visible(" \u200d\u2028 ") == ""
