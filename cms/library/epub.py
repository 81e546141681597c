"""A publication as an EPUB 3, made from its edition and from nothing else. The same edition gives the same bytes."""

import io
import zipfile
from html import escape
from pathlib import PurePosixPath

from cms.library.edition import Chapter, Edition
from cms.library.paper import record_rows
from cms.library.rich_text import Block, Piece, plain

FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say; the day of the edition stands in the book."""
TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}

STYLE = """\
body { margin: 0 5%; line-height: 1.5; }
h1, h2, h3, h4 { line-height: 1.2; text-align: left; page-break-after: avoid; break-after: avoid; }
.kind, .law, .sample { font-weight: bold; }
.sample { border: 2px dashed; display: inline-block; padding: 0.2em 0.6em; }
.cover { max-width: 14em; }
.box { border-left: 0.3em solid #5b6478; margin: 1.4em 0; padding: 0.2em 0 0.2em 1em; }
.box.note { border-color: #1f4e8c; }
.box.warning { border-color: #9e3426; }
.lead { font-weight: bold; }
.side { border: 1px solid #8a7f6c; margin: 0.8em 0; padding: 0 1em; }
blockquote { margin: 1.4em 1.5em; font-style: italic; }
table { border-collapse: collapse; width: 100%; margin: 1.4em 0; }
caption { font-weight: bold; text-align: left; padding-bottom: 0.4em; }
th, td { border-bottom: 1px solid #8a7f6c; padding: 0.4em 0.6em 0.4em 0; text-align: left; vertical-align: top; }
figure { margin: 1.4em 0; }
img { max-width: 100%; height: auto; }
dt { font-weight: bold; }
dd { margin: 0 0 0.8em 0; }
.film { border-left: 0.3em solid #9e3426; margin: 1.4em 0; padding: 0.2em 0 0.2em 1em; }
.chapters { list-style-type: none; padding-left: 0; }
nav ol { list-style-type: none; padding-left: 1em; }
"""

CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def write(edition: Edition) -> bytes:
    """The finished book."""
    pages = {"title.xhtml": _title_page(edition)}
    headings: list[tuple[str, str, list[tuple[str, str]]]] = []
    for number, chapter in enumerate(edition.chapters, 1):
        body = _Body()
        pages[f"chapter-{number}.xhtml"] = _page(edition, chapter.title, body.chapter(chapter))
        headings.append((f"chapter-{number}.xhtml", chapter.title, body.headings))
    pages["about.xhtml"] = _page(edition, edition.labels["about"], _about(edition))
    entries = {
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": _package(edition, list(pages)),
        "EPUB/nav.xhtml": _nav(edition, headings),
        "EPUB/style.css": STYLE,
        "EPUB/cover.svg": f'<?xml version="1.0" encoding="UTF-8"?>\n{edition.cover}\n',
    }
    entries |= {f"EPUB/{name}": text for name, text in pages.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        # First and not packed: so a reader knows an EPUB by its beginning.
        book.writestr(_entry("mimetype"), b"application/epub+zip", zipfile.ZIP_STORED)
        for name, text in entries.items():
            book.writestr(_entry(name), text.encode(), zipfile.ZIP_DEFLATED)
        for name, content in sorted(edition.pictures.items()):
            book.writestr(_entry(f"EPUB/{name}"), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, FIRST_MOMENT)


# --- The package -------------------------------------------------------------------------------------------------


def _package(edition: Edition, pages: list[str]) -> str:
    has_pictures = bool(edition.pictures)
    modes = ["textual", "visual"] if has_pictures else ["textual"]
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"]
    if has_pictures:
        features.append("alternativeText")
    meta = [
        f'<dc:identifier id="id">{escape(edition.identifier)}</dc:identifier>',
        f"<dc:title>{escape(edition.title)}</dc:title>",
        f"<dc:language>{edition.language}</dc:language>",
        *(f"<dc:creator>{escape(name)}</dc:creator>" for name in edition.authors),
        *([f"<dc:publisher>{escape(edition.institution)}</dc:publisher>"] if edition.institution else []),
        f"<dc:date>{edition.published_on.isoformat()}</dc:date>",
        f"<dc:description>{escape(edition.summary)}</dc:description>",
        *(f"<dc:subject>{escape(topic)}</dc:subject>" for topic in edition.topics),
        f"<dc:rights>{escape(' '.join(part for part in (edition.licence, edition.licence_url) if part))}</dc:rights>",
        *([f"<dc:source>{escape(edition.address)}</dc:source>"] if edition.address else []),
        f'<meta property="dcterms:modified">{edition.modified_at}</meta>',
        *(f'<meta property="schema:accessMode">{mode}</meta>' for mode in modes),
        # Each picture has its description, so reading is enough.
        '<meta property="schema:accessModeSufficient">textual</meta>',
        *(f'<meta property="schema:accessibilityFeature">{feature}</meta>' for feature in features),
        '<meta property="schema:accessibilityHazard">none</meta>',
        f'<meta property="schema:accessibilitySummary">{escape(edition.labels["accessibility"])}</meta>',
    ]
    items = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="style" href="style.css" media-type="text/css"/>',
        '<item id="cover" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>',
        *(f'<item id="{_stem(page)}" href="{page}" media-type="application/xhtml+xml"/>' for page in pages),
        *(
            f'<item id="{_stem(name)}" href="{name}" media-type="{TYPES[PurePosixPath(name).suffix]}"/>'
            for name in sorted(edition.pictures)
        ),
    ]
    spine = [
        f'<itemref idref="{_stem(page)}"/>' + ('\n    <itemref idref="nav"/>' if page == "title.xhtml" else "")
        for page in pages
    ]
    between = "\n    "
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{edition.language}">\n'
        f'  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n    {between.join(meta)}\n  </metadata>\n'
        f"  <manifest>\n    {between.join(items)}\n  </manifest>\n"
        f"  <spine>\n    {between.join(spine)}\n  </spine>\n</package>\n"
    )


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _nav(edition: Edition, headings: list[tuple[str, str, list[tuple[str, str]]]]) -> str:
    rows = [f'<li><a href="title.xhtml">{escape(edition.title)}</a></li>']
    for page, title, inner in headings:
        below = "".join(f'<li><a href="{page}#{anchor}">{escape(words)}</a></li>' for anchor, words in inner)
        rows.append(f'<li><a href="{page}">{escape(title)}</a>{f"<ol>{below}</ol>" if below else ""}</li>')
    rows.append(f'<li><a href="about.xhtml">{escape(edition.labels["about"])}</a></li>')
    contents = escape(edition.labels["contents"])
    listed = "\n".join(rows)
    body = f'<nav epub:type="toc" role="doc-toc" id="toc"><h1>{contents}</h1><ol>\n{listed}\n</ol></nav>'
    return _page(edition, edition.labels["contents"], body)


def _page(edition: Edition, title: str, body: str) -> str:
    language = edition.language
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{language}" xml:lang="{language}">\n<head><meta charset="utf-8"/><title>{escape(title)}</title>'
        f'<link rel="stylesheet" type="text/css" href="style.css"/></head>\n<body>\n{body}\n</body>\n</html>\n'
    )


def _title_page(edition: Edition) -> str:
    issued = ", ".join(part for part in (edition.institution, f"{edition.place} {edition.year}".strip()) if part)
    # An institution that wrote the book itself is not named twice.
    authors = [name for name in edition.authors if name != edition.institution]
    rows = [
        '<p><img class="cover" src="cover.svg" alt="" role="presentation"/></p>',
        f'<p class="kind">{escape(edition.kind)}</p>',
        f"<h1>{escape(edition.title)}</h1>",
        f"<p>{escape(edition.summary)}</p>",
        *([f"<p>{escape(', '.join(authors))}</p>"] if authors else []),
        f"<p>{escape(issued)}</p>",
        *([f'<p class="law">{escape(edition.law)}</p>'] if edition.law else []),
        *([f'<p class="sample">{escape(edition.sample)}</p>'] if edition.sample else []),
        *([f"<p>{escape(edition.abstract)}</p>"] if edition.abstract else []),
    ]
    return _page(edition, edition.title, f'<section epub:type="titlepage">\n{"".join(rows)}\n</section>')


def _about(edition: Edition) -> str:
    rows = "".join(
        f"<dt>{escape(row['label'])}</dt><dd>{_linked(row['value'], row['url'])}</dd>" for row in record_rows(edition)
    )
    funding = f"<p>{escape(edition.funding)}</p>" if edition.funding else ""
    made = f"<p>{escape(edition.labels['made'])}</p>"
    return f"<section><h1>{escape(edition.labels['about'])}</h1><dl>{rows}</dl>{funding}{made}</section>"


def _linked(text: str, url: str) -> str:
    return f'<a href="{escape(url)}">{escape(text)}</a>' if url else escape(text)


# --- The text ----------------------------------------------------------------------------------------------------


class _Body:
    """The blocks of a chapter as XHTML; remembers its headings for the table of contents."""

    def __init__(self) -> None:
        self.headings: list[tuple[str, str]] = []

    def chapter(self, chapter: Chapter) -> str:
        """The chapter with its title."""
        return f"<section><h1>{escape(chapter.title)}</h1>\n{self.blocks(chapter.blocks)}\n</section>"

    def blocks(self, blocks: list[Block]) -> str:
        return "\n".join(getattr(self, f"_{block['k']}")(block) for block in blocks)

    def _heading(self, level: int, html: str, words: str) -> str:
        anchor = f"h{len(self.headings) + 1}"
        if level == 2:
            self.headings.append((anchor, words))
            return f'<h2 id="{anchor}">{html}</h2>'
        return f"<h{level}>{html}</h{level}>"

    def _h(self, block: Block) -> str:
        return self._heading(block["level"], _words(block["c"]), plain(block["c"]))

    def _p(self, block: Block) -> str:
        return f"<p>{_words(block['c'])}</p>"

    def _ul(self, block: Block) -> str:
        items = "".join(f"<li>{self._item(item)}</li>" for item in block["items"])
        return f"<{block['k']}>{items}</{block['k']}>"

    _ol = _ul

    def _item(self, blocks: list[Block]) -> str:
        return _words(blocks[0]["c"]) if len(blocks) == 1 and blocks[0]["k"] == "p" else self.blocks(blocks)

    def _table(self, block: Block) -> str:
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block["head"])
        rows = "".join(
            "<tr>"
            + "".join(
                f'<th scope="row">{escape(cell)}</th>' if place == 0 and cell else f"<td>{escape(cell)}</td>"
                for place, cell in enumerate(row)
            )
            + "</tr>"
            for row in block["rows"]
        )
        caption = f"<caption>{escape(block['caption'])}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _def(self, block: Block) -> str:
        return f"<dl><dt><dfn>{escape(block['term'])}</dfn></dt><dd>{self.blocks(block['body'])}</dd></dl>"

    def _box(self, block: Block) -> str:
        leads = [words for words in (block["label"], block["title"]) if words]
        lead = "".join(f'<p class="lead">{escape(words)}</p>' for words in leads)
        return f'<div class="box {block["kind"]}" role="note">{lead}{self.blocks(block["body"])}</div>'

    def _quote(self, block: Block) -> str:
        source = f"<p>{escape(block['source'])}</p>" if block["source"] else ""
        return f"<blockquote><p>{escape(block['text'])}</p>{source}</blockquote>"

    def _pair(self, block: Block) -> str:
        title = f'<p class="lead">{escape(block["title"])}</p>' if block["title"] else ""
        sides = "".join(
            f'<div class="side"><p class="lead">{escape(side["title"])}</p>{self.blocks(side["body"])}</div>'
            for side in block["sides"]
        )
        return f"{title}{sides}"

    def _details(self, block: Block) -> str:
        return "".join(
            self._heading(2, escape(item["title"]), item["title"]) + self.blocks(item["body"])
            for item in block["items"]
        )

    def _img(self, block: Block) -> str:
        caption = f"<figcaption>{escape(block['caption'])}</figcaption>" if block["caption"] else ""
        role = "" if block["alt"] else ' role="presentation"'
        return f'<figure><img src="{block["file"]}" alt="{escape(block["alt"])}"{role}/>{caption}</figure>'

    def _film(self, block: Block) -> str:
        title = self._heading(2, _spoken(block["title"], block["language"]), block["title"])
        poster = f'<p><img src="{block["poster"]}" alt="" role="presentation"/></p>' if block["poster"] else ""
        about = f"<p>{escape(block['about'])}</p>" if block["about"] else ""
        address = f"<p>{_linked(block['address'], block['address'])}</p>" if block["address"] else ""
        chapters = "".join(
            f"<li>{_linked(row['time'], row['address'])} {escape(row['title'])}</li>" for row in block["chapters"]
        )
        listed = f'<ul class="chapters">{chapters}</ul>' if chapters else ""
        return f'<section class="film">{title}{poster}{about}{address}{listed}{self._transcript(block)}</section>'

    def _transcript(self, block: Block) -> str:
        if not block["transcript"]:
            return ""
        rows = []
        for line in block["lines"]:
            if line["chapter"]:
                rows.append(f'<p class="lead">{escape(line["chapter"])}</p>')
            rows.append(f"<p><span>{line['time']}</span> {escape(line['text'])}</p>")
        rows.append(self.blocks(block["body"]))
        language = block["transcript_language"]
        inner = f'<div lang="{language}" xml:lang="{language}">{"".join(rows)}</div>'
        return f"<h3>{escape(block['transcript'])}</h3>{inner}"


def _spoken(words: str, language: str) -> str:
    return f'<span lang="{language}" xml:lang="{language}">{escape(words)}</span>'


def _words(pieces: list[Piece]) -> str:
    return "".join(_piece(piece) for piece in pieces)


def _piece(piece: Piece) -> str:
    kind = piece["k"]
    if kind == "t":
        return escape(piece["s"])
    if kind == "br":
        return "<br/>"
    inner = _words(piece["c"])
    if kind == "a":
        return f'<a href="{escape(piece["href"])}">{inner}</a>'
    tag = {"b": "strong", "i": "em"}.get(kind, "span")
    return f"<{tag}>{inner}</{tag}>"
