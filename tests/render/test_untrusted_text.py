"""Text from outside is shown as text, wherever it is read."""

import re

import mistune
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from genie_nb.core.errors import GenieError
from genie_nb.core.report import Report
from genie_nb.render import notice, view_of
from genie_nb.render.html.tag import tag
from genie_nb.render.markdown import escaped
from genie_nb.render.untrusted import one_line, shortened

OURS = {
    "style", "article", "div", "section", "details", "summary", "footer", "h2", "h3", "p", "span",
    "b", "bdi", "small", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "dl", "dt", "dd",
    "svg", "path", "rect", "title",
}  # fmt: skip
ATTRIBUTES = {
    "class", "aria-label", "aria-hidden", "role", "title", "scope", "style", "viewbox", "width",
    "height", "xmlns", "preserveaspectratio", "d", "fill", "fill-opacity", "stroke",
    "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linejoin", "vector-effect", "x",
    "y",
}  # fmt: skip


def rendered(markdown: str) -> BeautifulSoup:
    """The page a chat or a notebook would show, bare addresses made links and HTML passed through."""
    plugins = ["table", "url", "strikethrough", "footnotes", "task_lists", "math"]
    html = mistune.create_markdown(escape=False, plugins=plugins)(markdown)
    return BeautifulSoup(str(html), "html.parser")


def test_a_hostile_company_adds_no_element_and_no_attribute_to_the_page(hostile: Report) -> None:
    page = BeautifulSoup(view_of(hostile).html, "html.parser")
    assert {element.name for element in page.find_all()} <= OURS
    assert {name for element in page.find_all() for name in element.attrs} <= ATTRIBUTES
    assert not page.find_all(string=re.compile("undefined"))


def test_a_hostile_name_is_shown_as_its_characters(hostile: Report) -> None:
    page = BeautifulSoup(view_of(hostile).html, "html.parser")
    heading = page.find("h2")
    assert heading is not None
    assert "<script>alert('x')</script> [click](http://evil.example)" in heading.get_text()


def test_the_page_loads_nothing(report: Report, hostile: Report) -> None:
    for answer in (report, hostile):
        page = BeautifulSoup(view_of(answer).html, "html.parser")
        assert not page.find_all(
            ["script", "link", "iframe", "img", "a", "object", "embed", "base"]
        )
        assert "url(" not in view_of(answer).html
        assert "@import" not in view_of(answer).html


def test_hostile_markdown_makes_no_link_image_or_element(hostile: Report) -> None:
    page = rendered(view_of(hostile).markdown)
    assert not page.find_all(["a", "img", "script", "hr", "blockquote", "h1", "span", "del"])
    assert "<script>alert('x')</script> [click](http://evil.example)" in page.get_text()


def test_hostile_markdown_keeps_every_table_in_shape(hostile: Report) -> None:
    page = rendered(view_of(hostile).markdown)
    for table in page.find_all("table"):
        widths = {len(row.find_all(["th", "td"])) for row in table.find_all("tr")}
        assert len(widths) == 1


def test_the_chart_shows_a_hostile_name_without_tags(hostile: Report) -> None:
    figure = view_of(hostile).figure
    assert figure is not None
    heading = figure["layout"]["title"]["text"]
    assert set(re.findall(r"<[^>]*>", heading)) <= {
        "<br>",
        '<span style="font-size:11px">',
        "</span>",
    }


def test_dollar_signs_are_not_typeset_as_formulas(report: Report) -> None:
    view = view_of(report)
    assert "mathjax_ignore" in view.html
    assert not re.findall(r"\$", re.sub(r"`[^`]*`", "", view.markdown))
    assert "worth `$850M`" in view.markdown


def test_an_error_shows_what_was_typed_as_text() -> None:
    view = view_of(GenieError("'<b>' is no ticker.", seen="<b>", needed="a symbol", cure="Reword."))
    assert "<b>&" not in view.html
    assert "&lt;b&gt;" in view.html
    assert "&lt;b&gt;" in view.markdown
    assert "<b>" in view.text


def test_a_notice_escapes_its_cells() -> None:
    view = notice("Settings", columns=("name", "value"), rows=[("a|b", "<i>"), ("c", None)])
    assert "<i>" not in view.html
    assert "a\\|b" in view.markdown
    assert "–" in view.text


@pytest.mark.parametrize(
    "text", ["زوج", "株式会社", "🧞‍♂️ genie", "Société Générale", 'O\'Reilly "Auto"']
)
def test_names_of_every_script_are_kept(text: str) -> None:
    assert one_line(text) == text


def test_marks_that_turn_the_direction_are_dropped() -> None:
    assert one_line("safe\u202eexe.gpj\u2066") == "safeexe.gpj"


def test_long_texts_say_that_they_are_cut() -> None:
    assert shortened("word " * 200, 40).endswith(" …")


@given(st.text())
def test_markdown_of_any_text_is_one_paragraph_of_that_text(text: str) -> None:
    page = rendered(escaped(text))
    assert {element.name for element in page.find_all()} <= {"p", "code"}
    assert page.get_text().strip() == one_line(text).strip()


@given(st.text(), st.text())
def test_html_of_any_text_is_one_element_with_that_text(text: str, hint: str) -> None:
    page = BeautifulSoup(tag("td", text, title=hint), "html.parser")
    (element,) = page.find_all()
    assert element.get_text() == one_line(text)
    assert set(element.attrs) == {"title"}
