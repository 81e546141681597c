"""Mail for a clone without a mail server: one file per letter in ``MAIL_DIR``, its link printed in the console."""

import os
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation
from django.utils.translation import gettext as _

from cms.mail.rules import first_link


class EmailBackend(BaseEmailBackend):
    """Writes each letter under the name of its Message-ID. A letter sent again overwrites itself: there is one file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            path = _write(folder, message)
            _announce(path, message)
        return len(email_messages)


def _write(folder: Path, message: EmailMessage) -> Path:
    mime = message.message()
    local_part = str(mime["Message-ID"]).strip("<>").partition("@")[0]
    path = folder / f"{re.sub(r'[^A-Za-z0-9.-]', '-', local_part)[:100]}.eml"
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(mime.as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def _announce(path: Path, message: EmailMessage) -> None:
    link = first_link(str(message.body))
    with translation.override(settings.LANGUAGE_CODE):
        line = _("New message for %(recipient)s: %(path)s") % {"recipient": ", ".join(message.to), "path": path}
    sys.stderr.write(f"{line}{f'  → {link}' if link else ''}\n")
    sys.stderr.flush()
