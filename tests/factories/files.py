"""Documents as files, good and bad, made for tests."""

import io
import json
import zipfile

import pypdf
import typst

PARAGRAPH = "Zażółć gęślą jaźń: spółdzielnia socjalna składa ofertę w zamówieniu."


def pdf(*pages: str, tagged: bool = True) -> bytes:
    """A PDF with a page for each text."""
    source = '#let data = json("pages.json")\n#set page(width: 10cm, height: 6cm)\n#set document(title: [Próba])\n'
    source += '#set text(lang: "pl")\n#for page in data { par(page); pagebreak(weak: true) }'
    files = {"main.typ": source.encode(), "pages.json": json.dumps(pages or (PARAGRAPH,)).encode()}
    made: bytes = typst.Compiler().compile(input=files, format="pdf", pdf_standards=["ua-1"])  # type: ignore[arg-type]
    if tagged:
        return made
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made))
    del writer.root_object["/MarkInfo"]
    return _written(writer)


def blank_pdf(pages: int = 3) -> bytes:
    """A PDF whose pages hold nothing that is text, as a scan does."""
    writer = pypdf.PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(width=200, height=200)
    return _written(writer)


def locked_pdf(*, password: str, owner: str = "owner") -> bytes:
    """A PDF that asks for ``password``; an empty one locks it only against changes."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt(password, owner, algorithm="AES-256")
    return _written(writer)


def epub(*chapters: str, extra: dict[str, bytes] | None = None) -> bytes:
    """An EPUB with a document for each chapter; ``extra`` adds entries or replaces them."""
    items = "".join(
        f'<item id="c{n}" href="text/c%20{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n, _c in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n, _c in enumerate(chapters))
    entries = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": (
            b'<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
            b'<rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
            b"</container>"
        ),
        "OPS/book.opf": (
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
        ).encode(),
    }
    for number, chapter in enumerate(chapters):
        entries[f"OPS/text/c {number}.xhtml"] = chapter.encode()
    return packed(entries | (extra or {}))


def odt(*blocks: tuple[str, str]) -> bytes:
    """A text of blocks: ``h`` or ``p``, and its words."""
    body = "".join(f"<text:{kind}>{words}</text:{kind}>" for kind, words in blocks)
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        f'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>{body}</office:body>'
        "</office:document-content>"
    )
    return packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def docx(*blocks: tuple[str, str]) -> bytes:
    """A text of blocks: the name of a style, and its words."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>' for style, words in blocks
    )
    content = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": content.encode()})


def packed(entries: dict[str, bytes]) -> bytes:
    """A zip of these entries."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return file.getvalue()


def _written(writer: pypdf.PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
