"""Batches over real SMTP, with a server that refuses, falls silent, or dies in the middle of a letter."""

import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_string

import pytest
from django.utils import timezone

from cms.newsletter import sending
from cms.newsletter.models import Delivery, Release
from cms.newsletter.wording import trouble_words
from tests.factories.newsletter import make_release

pytestmark = pytest.mark.django_db
State = Delivery.State


class Dialogue(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as a letter needs, and misbehaves as its server was told."""

    server: "MailServer"

    def handle(self) -> None:
        self.server.connections += 1
        self.say("220 ready")
        recipient, received = "", 0
        while line := self.rfile.readline().decode():
            word = line[:4].upper()
            if word == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]
                self.say("550 no such user" if recipient in self.server.unknown else "250 ok")
            elif word == "DATA":
                received += 1
                self.say("354 go on")
                letter = self.read_letter()
                if received == self.server.silent_after:
                    # Longer than anybody waits.
                    self.server.woken.wait(10)
                    return
                self.server.letters.append((recipient, letter))
                if received == self.server.dies_after:
                    # The letter was taken, and nobody is told.
                    return
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def read_letter(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode()) not in (".\r\n", ""):
            lines.append(line)
        return "".join(lines)


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server of this machine. ``silent_after`` and ``dies_after`` count the letters of one connection."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Dialogue)
        self.letters: list[tuple[str, str]] = []
        self.unknown: set[str] = set()
        self.silent_after = self.dies_after = self.connections = 0
        self.woken = threading.Event()

    def received(self) -> Counter:
        return Counter(recipient for recipient, _letter in self.letters)


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 0.3
        yield server
        server.woken.set()
        server.shutdown()
        thread.join()


def states(release: Release) -> list[str]:
    return list(release.deliveries.order_by("pk").values_list("state", flat=True))


def readers(release: Release) -> list[str]:
    return list(release.deliveries.order_by("pk").values_list("subscriber__email", flat=True))


def later(minutes: int):
    return timezone.now() + timedelta(minutes=minutes)


@pytest.mark.rule("newsletter-9")
def test_a_batch_uses_one_connection_and_a_refused_address_holds_up_nobody(server: MailServer) -> None:
    release = make_release(readers=4)
    unknown, *others = readers(release)
    server.unknown = {unknown}
    assert sending.send_batch(release_id=release.pk) == 3
    assert states(release) == [State.FAILED, State.SENT, State.SENT, State.SENT]
    assert server.received() == dict.fromkeys(others, 1)
    assert server.connections == 1
    letter = message_from_string(server.letters[0][1])
    assert [part.get_content_type() for part in letter.walk()][1:] == ["text/plain", "text/html"]
    assert letter["List-Unsubscribe"].strip().startswith("<http")


@pytest.mark.rule("newsletter-9")
def test_a_server_that_falls_silent_costs_one_letters_patience_and_the_rest_follows(server: MailServer) -> None:
    release = make_release(readers=4)
    server.silent_after = 2
    assert sending.send_batch(release_id=release.pk) == 1
    assert states(release) == [State.SENT, State.WAITING, State.WAITING, State.WAITING]
    server.silent_after = 0
    assert sending.continue_sending(now=later(1)) == 2
    assert sending.continue_sending(now=later(10)) == 1
    assert server.received() == dict.fromkeys(readers(release), 1)


@pytest.mark.rule("newsletter-11")
def test_of_a_server_that_dies_only_the_letter_in_flight_comes_twice_with_the_same_id(server: MailServer) -> None:
    release = make_release(readers=4)
    server.dies_after = 2
    assert sending.send_batch(release_id=release.pk) == 1
    server.dies_after = 0
    sending.continue_sending(now=later(1))
    sending.continue_sending(now=later(10))
    assert states(release) == [State.SENT] * 4
    twice = [address for address, number in server.received().items() if number == 2]
    assert twice == [readers(release)[1]]
    ids = {message_from_string(letter)["Message-ID"] for address, letter in server.letters if address == twice[0]}
    assert len(ids) == 1
    assert sum(server.received().values()) == 5


def test_a_server_that_is_not_there_is_asked_once(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    release = make_release(readers=3)
    assert sending.send_batch(release_id=release.pk) == 0
    assert states(release) == [State.WAITING] * 3
    assert set(release.deliveries.values_list("mail__tries", flat=True)) == {0}
    release.refresh_from_db()
    assert (release.state, release.held_until, release.trouble) == (Release.State.SENDING, None, "AWAY")
    assert "nie odpowiada" in trouble_words(release)
