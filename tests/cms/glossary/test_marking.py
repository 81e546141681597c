"""Where in HTML a term is marked, and where never."""

import pytest

from cms.glossary.marking import marked
from cms.glossary.rules import phrases_of, vocabulary

KNOWN = vocabulary(phrases_of("pes", ["podmiot ekonomii społecznej"], ["PES"]), "pl")


def shown(html: str) -> str:
    return marked(html, KNOWN, lambda term, words: f"[{words}]").html


@pytest.mark.rule("hint-2")
@pytest.mark.parametrize(
    "html",
    [
        '<div class="rich"><p>Każdy [PES] i PES.</p></div>',
        '<div class="rich"><ul><li>dla <b>[podmiotów ekonomii\u00a0społecznej]</b></li></ul><p>PES</p></div>',
        '<div class="rich"><p>A &amp; B &#233; &nbsp;<br/>[PES] <img src="x.png" alt="PES">.</p></div>',
        '<dl class="definition"><dt>karta</dt><dd class="rich"><p>Karta [PES].</p></dd></dl>',
        '<div class="rich"><h2>PES</h2><p>To [PES].</p></div>',
        '<div class="rich"><p><a href="/">PES</a> to [PES]</p></div>',
    ],
)
def test_the_first_use_in_a_text_is_marked(html: str) -> None:
    assert shown(html.replace("[", "").replace("]", "")) == html


@pytest.mark.rule("hint-2")
@pytest.mark.parametrize(
    "html",
    [
        '<div class="rich"><h2>PES</h2><h3>PES</h3></div>',
        '<div class="rich"><p><a href="/">PES</a></p></div>',
        '<div class="rich"><button type="button">PES</button></div>',
        '<details class="rich"><summary>PES</summary></details>',
        '<div class="rich"><table><caption>PES</caption><tr><th scope="col">PES</th></tr></table></div>',
        '<div class="rich"><blockquote><p>PES</p></blockquote></div>',
        '<div class="alert alert--law"><div class="rich"><p>PES</p></div></div>',
        '<figure class="quotation"><blockquote><p class="rich">PES</p></blockquote></figure>',
        '<section class="check"><form><fieldset class="rich"><legend>PES</legend><label>PES</label></fieldset></form>'
        '<div class="check__feedback rich">PES</div></section>',
        '<div class="film rich"><ol><li>PES</li></ol></div>',
        '<div class="rich"><script>var PES = "<p>PES</p>";</script><svg viewBox="0 0 1 1"><text>PES</text></svg></div>',
        '<div class="rich"><p title="PES" data-x="<p>PES</p>">.</p><!-- PES --></div>',
        "<p>PES</p>",
        '<dl class="definition"><dt>PES</dt><dd class="rich"><p>PES to podmiot.</p></dd></dl>',
    ],
)
def test_never_where_something_is_pressed_headed_quoted_or_asked(html: str) -> None:
    found = marked(html, KNOWN, lambda term, words: f"[{words}]")
    assert found.html == html
    assert found.terms == []


@pytest.mark.rule("hint-2")
def test_broken_html_loses_nothing() -> None:
    assert shown('<div class="rich"><p>PES & <b>x</p></div></span>') == (
        '<div class="rich"><p>[PES] & <b>x</p></div></span>'
    )
    assert shown('<div class="rich">PES <') == '<div class="rich">[PES] <'
