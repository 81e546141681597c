"""The first page of a PDF as pictures. Run as a program by :mod:`media.isolated`; knows nothing of the site."""

import json
import sys
from pathlib import Path

WIDTHS = {"small": 264, "large": 700}
"""A row of a list, and the head of a page, each for dense screens."""
TALLEST = 3.0
"""A page that is more times as high as it is wide, or the other way round, is no cover."""
SECONDS = 60


def draw(path: Path, folder: Path) -> tuple[int, int]:
    """Write ``small.webp`` and ``large.webp`` into the folder; the size of the large one. Raises ``ValueError``."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        page = document[0]
        width, height = page.get_size()
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise ValueError("this cannot be drawn") from error
    if width <= 0 or height <= 0 or not 1 / TALLEST < height / width < TALLEST:
        raise ValueError("this page has no form of a cover")
    picture = page.render(scale=WIDTHS["large"] / width, draw_annots=False).to_pil().convert("RGB")
    for name, wide in WIDTHS.items():
        copy = picture.resize((wide, max(1, round(picture.height * wide / picture.width))))
        copy.save(folder / f"{name}.webp", "WEBP", quality=80, method=4)
    return picture.width, picture.height


def main(path: str, folder: str) -> None:
    """Draw, and write the size of the large picture."""
    from media.isolated import bound

    bound(SECONDS)
    try:
        size = draw(Path(path), Path(folder))
    except ValueError:
        # An answer, not an accident: what is no cover today is none tomorrow.
        size = (0, 0)
    sys.stdout.write(json.dumps(size))


if __name__ == "__main__":
    main(*sys.argv[1:])
