"""Films on foreign sites: which addresses are taken, what frame they lead to, and what is refused."""

import pytest

from cms.pages.players import clean_host, foreign_film

KEY = "dQw4w9WgXcQ"
YOUTUBE = f"https://www.youtube-nocookie.com/embed/{KEY}"
UUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"
HOSTS = {"peertube.example.org"}


@pytest.mark.rule("film-9")
@pytest.mark.parametrize(
    ("address", "frame"),
    [
        (f"https://www.youtube.com/watch?v={KEY}", YOUTUBE),
        (f"https://youtube.com/watch?app=desktop&v={KEY}&t=42s", YOUTUBE),
        (f"  http://m.youtube.com/watch?v={KEY}  ", YOUTUBE),
        (f"youtu.be/{KEY}?si=abc", YOUTUBE),
        (f"https://www.youtube.com/shorts/{KEY}", YOUTUBE),
        (f"https://www.youtube.com/live/{KEY}?feature=share", YOUTUBE),
        (f"//www.youtube-nocookie.com/embed/{KEY}", YOUTUBE),
        (f'<iframe width="560" src="https://www.youtube.com/embed/{KEY}?x=1" allow="autoplay"></iframe>', YOUTUBE),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://vimeo.com/channels/staffpicks/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://player.vimeo.com/video/76979871?h=8272103f6e", "https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e"),
        ("https://vimeo.com/76979871/8272103f6e", "https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e"),
        ("https://peertube.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv", "https://peertube.example.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv"),
        (f"https://peertube.example.org/videos/watch/{UUID}", f"https://peertube.example.org/videos/embed/{UUID}"),
        (f"https://PEERTUBE.example.org/videos/embed/{UUID}", f"https://peertube.example.org/videos/embed/{UUID}"),
    ],
)  # fmt: skip
def test_any_usual_form_of_an_address_leads_to_one_frame(address: str, frame: str) -> None:
    found = foreign_film(address, HOSTS)
    assert found is not None
    assert found.frame_url == frame
    assert found.frame_url.startswith(f"https://{found.host}/")
    # What people copy is understood, and so is the page to which they are led.
    assert foreign_film(found.page_url, HOSTS) == found


@pytest.mark.rule("film-9")
@pytest.mark.parametrize(
    "address",
    [
        "", " ", "https://example.org/", "https://www.youtube.com/", "https://www.youtube.com/watch?v=short",
        f"https://youtube.com.example.org/watch?v={KEY}", f"https://example.org/?u=https://youtu.be/{KEY}",
        f"javascript://youtube.com/watch?v={KEY}", f"https://user@youtube.com/watch?v={KEY}",
        f"https://youtube.com:8080/watch?v={KEY}", f'https://youtu.be/{KEY[:-1]}"', "https://youtu.be/<script>alert",
        "https://vimeo.com/about", "https://vimeo.com/76979871/zzzzzzzzzz", "https://other.example.org/w/kkGMgK9ZtnKf",
        "https://peertube.example.org/c/channel", "https://[::1]/w/kkGMgK9ZtnKf", "https://[/w/kkGMgK9ZtnKf",
        "https://127.0.0.1/w/kkGMgK9ZtnKf", "x" * 5000, "https://youtu.be:port/x",
    ],
)  # fmt: skip
def test_everything_else_is_refused(address: str) -> None:
    assert foreign_film(address, HOSTS) is None


@pytest.mark.rule("film-9")
@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("PeerTube.Example.org", "peertube.example.org"), ("peertube.example.org.", "peertube.example.org"),
        ("localhost", None), ("127.0.0.1", None), ("https://peertube.example.org", None), ("a.example.org:8080", None),
        ("*.example.org", None), ("example.org; script-src *", None), ("-a.example.org", None), ("", None),
    ],
)  # fmt: skip
def test_a_host_is_a_name_on_the_open_internet(text: str, host: str | None) -> None:
    assert clean_host(text) == host
