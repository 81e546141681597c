"""Facts for the pages of certificates: flat dicts, ready to show, in the active language. It decides nothing."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from certificates.documents import bare_qr
from certificates.labels import default_labels
from certificates.models import Award, Certificate, CertificateTemplate
from certificates.papers import hours_text, sample_snapshot
from certificates.queries import state_of, verify_url
from certificates.rules import CODE_LENGTH, NAME_WAIT, State, masked_name
from certificates.snapshot import arranged, code_in_lines, filled, period_in_words
from cms.pages.layout import layout_facts
from cms.pages.typography import date_in_words
from courses.catalogue.models import CoursePage
from courses.learning.models import Completion
from media.rules import size_in_words

PAGES_OF_PAPER = 2
NOT_FOUND = "not_found"


def active_language() -> str:
    """The language in which the page is shown."""
    return (get_language() or "pl")[:2]


def answer_word(state: str) -> str:
    """The one word that answers a verification."""
    return {
        State.VALID.value: pgettext("certificate", "Valid"),
        State.REPLACED.value: pgettext("certificate", "Replaced"),
        State.REVOKED.value: pgettext("certificate", "Revoked"),
        NOT_FOUND: pgettext("certificate", "Not found"),
    }[state]


def day_in_words(moment: date | datetime | None) -> str:
    """The day in Warsaw on which a moment lies, in words; empty without a moment."""
    if moment is None:
        return ""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return date_in_words(day, active_language())


def result_facts(certificate: Certificate, *, checked_at: datetime, surname_result: str = "") -> dict[str, Any]:
    """What anybody may know of a certificate: the answer, the facts, the holder masked."""
    standing = state_of(certificate)
    return {
        "state": standing.state.value,
        "answer_word": answer_word(standing.state.value),
        "sentence": _sentence(certificate),
        "number": certificate.number,
        "facts": _facts(certificate),
        "masked_holder": masked_name(certificate.holder_name),
        "checked_at": checked_at,
        "is_sample": bool(certificate.snapshot["is_sample"]),
        "surname_result": surname_result,
    }


def not_found_facts(*, checked_at: datetime, number: str = "", typed: str = "") -> dict[str, Any]:
    """The same shape for what is not in the register. It says what to do and calls nothing forged.

    It shows what was read, to be compared: the ``number``, or the code ``typed`` in lines as on the paper. Of a code it
    says whether its length is wrong, since most of those that are not found lack a sign.
    """
    if number:
        sentence = _(
            "There is no certificate with this number for this surname in the register. Compare both with the "
            "document, letter by letter. If they are right, ask the person or the issuer."
        )
    elif len(typed) != CODE_LENGTH:
        sentence = ngettext(
            "There is no certificate with this code in the register. You entered %(count)s character, but a code has "
            "%(needed)s. Compare it with the document.",
            "There is no certificate with this code in the register. You entered %(count)s characters, but a code has "
            "%(needed)s. Compare it with the document.",
            len(typed),
        ) % {"count": len(typed), "needed": CODE_LENGTH}
    else:
        sentence = _(
            "There is no certificate with this code in the register. Compare it with the document, letter by letter. "
            "If it is right, ask the person or the issuer."
        )
    return {
        "state": NOT_FOUND,
        "by_number": bool(number),
        "asked": [number] if number else code_in_lines(typed),
        "answer_word": answer_word(NOT_FOUND),
        "sentence": sentence,
        "number": "",
        "facts": [],
        "masked_holder": "",
        "checked_at": checked_at,
        "is_sample": False,
        "surname_result": "",
    }


def _sentence(certificate: Certificate) -> str:
    standing = state_of(certificate)
    day = day_in_words(standing.since)
    words = {
        State.VALID: _("It is in the register of the Cooperation Academy. It has not been replaced or revoked."),
        State.REPLACED: _(
            "A new certificate was issued on %(day)s. This document is no longer current: ask the person for the new "
            "one."
        ),
        State.REVOKED: _(
            "The issuer revoked this certificate on %(day)s. It is no longer valid. Ask the issuer if you need to know "
            "more."
        ),
    }[standing.state]
    sample = _("This is a sample document: it was made for a demonstration and proves nothing.")
    return " ".join([words % {"day": day}, *([sample] if certificate.snapshot["is_sample"] else [])])


def _facts(certificate: Certificate) -> list[dict[str, str]]:
    snapshot, standing, language = certificate.snapshot, state_of(certificate), active_language()
    # What is quoted from the document stays in its language, and says so to a reader that speaks.
    quoted = snapshot["language"] if snapshot["language"] != language else ""
    title_language = snapshot.get("course_language", snapshot["language"])
    # The form has a name in each language; only documents from before that was kept are quoted.
    form = CoursePage.Form(snapshot["course_form_code"]).label if snapshot.get("course_form_code") else ""
    started, completed = (date.fromisoformat(snapshot[name]) for name in ("started_on", "completed_on"))
    rows = [
        (_("Kind"), _kind_in_words(certificate), ""),
        (_("Course"), snapshot["course_title"], title_language if title_language != language else ""),
        (_("Length"), hours_text(snapshot["minutes"], snapshot["lesson_hour_minutes"]), ""),
        (_("Form"), form or snapshot["course_form"], "" if form else quoted),
        (_("Dates"), period_in_words(started, completed, default_labels(language)), ""),
        (_("Issued"), date_in_words(date.fromisoformat(snapshot["issued_on"]), language), ""),
        (pgettext("certificate", "Replaced on"), day_in_words(certificate.replaced_at), ""),
        (pgettext("certificate", "Revoked on"), day_in_words(certificate.revoked_at), ""),
        (_("Validity"), _("no end date") if standing.state is State.VALID else "", ""),
        (_("Issuer"), ", ".join(filter(None, (snapshot["issuer"]["name"], snapshot["issuer"]["address"]))), quoted),
        (_("Number"), certificate.number, ""),
        (_("Person"), "" if certificate.holder_name else _("confirmed; the holder's data have been removed"), ""),
    ]
    return [{"label": label, "value": value, "lang": lang} for label, value, lang in rows if value]


def _kind_in_words(certificate: Certificate) -> str:
    return {Award.Kind.COMPLETION.value: _("certificate of course completion")}[certificate.snapshot["kind"]]


def result_json(certificate: Certificate | None, *, checked_at: datetime) -> dict[str, Any]:
    """The answer for programs: the same without the holder, with days and minutes instead of words."""
    checked = timezone.localtime(checked_at).isoformat(timespec="seconds")
    if certificate is None:
        return {"state": NOT_FOUND, "checked_at": checked}
    snapshot = certificate.snapshot

    def day(moment: datetime | None) -> str | None:
        return timezone.localtime(moment).date().isoformat() if moment else None

    return {
        "state": state_of(certificate).state.value,
        "number": certificate.number,
        "kind": snapshot["kind"],
        "course": snapshot["course_title"],
        "minutes": snapshot["minutes"],
        "hours": hours_text(snapshot["minutes"], snapshot["lesson_hour_minutes"]),
        "form": snapshot["course_form"],
        "started_on": snapshot["started_on"],
        "completed_on": snapshot["completed_on"],
        "issued_on": snapshot["issued_on"],
        "replaced_on": day(certificate.replaced_at),
        "revoked_on": day(certificate.revoked_at),
        "issuer": snapshot["issuer"]["name"],
        "language": snapshot["language"],
        "sample": bool(snapshot["is_sample"]),
        "holder_removed": not certificate.holder_name,
        "checked_at": checked,
    }


def row_facts(certificate: Certificate) -> dict[str, Any]:
    """One certificate in a list of one's own."""
    standing = state_of(certificate)
    snapshot = certificate.snapshot
    title_language = snapshot.get("course_language", snapshot["language"])
    return {
        "title": snapshot["course_title"],
        "lang": title_language if title_language != active_language() else "",
        "number": certificate.number,
        "issued_on": date.fromisoformat(snapshot["issued_on"]),
        "hours_text": hours_text(snapshot["minutes"], snapshot["lesson_hour_minutes"]),
        "state": standing.state.value,
        "state_word": answer_word(standing.state.value),
        "url": reverse("certificates_own:show-certificate", kwargs={"pk": certificate.pk}),
        "pdf_url": reverse("certificates_own:download-certificate", kwargs={"pk": certificate.pk}),
        "pdf_size": certificate.pdf_size,
        "verify_url": verify_url(certificate.code),
        "ready": bool(certificate.pdf),
    }


def awaited_facts(completion: Completion, *, asks_name: bool) -> dict[str, Any]:
    """A completed course whose certificate is still to come, on a list of one's own."""
    course = completion.enrolment.course
    return {
        "title": course.title(active_language()),
        "url": reverse("courses_learning:enter-course", kwargs={"course": course.code}),
        "asks_name": asks_name,
        "issued_until": completion.completed_at + NAME_WAIT,
    }


def twin_facts(certificate: Certificate, successor: Certificate | None) -> dict[str, Any]:
    """The page of one's own certificate: what to do with it, its state, and every word of the paper."""
    standing = state_of(certificate)
    issued = day_in_words(date.fromisoformat(certificate.snapshot["issued_on"]))
    words = {
        State.VALID: _("Valid, issued on %(issued)s"),
        State.REPLACED: _("Replaced on %(since)s, issued on %(issued)s"),
        State.REVOKED: _("Revoked on %(since)s, issued on %(issued)s"),
    }[standing.state]
    pages = ngettext("%(count)s page", "%(count)s pages", PAGES_OF_PAPER) % {"count": PAGES_OF_PAPER}
    row = row_facts(certificate)
    return {
        "certificate": {
            **row,
            "state_word": words % {"issued": issued, "since": day_in_words(standing.since)},
            "language": certificate.language,
            "pdf_url": row["pdf_url"] if row["ready"] and standing.state is not State.REVOKED else "",
            "pdf_note": ", ".join(filter(None, (pages, size_in_words(certificate.pdf_size or 0, active_language())))),
            "pending": not row["ready"],
            "revocation_reason": certificate.revocation_reason,
            "report_url": report_url(certificate),
            "profile_url": reverse("cms_accounts:show-profile"),
            "replaced_by_url": (
                reverse("certificates_own:show-certificate", kwargs={"pk": successor.pk}) if successor else ""
            ),
        },
        **_picture(certificate.snapshot),
    }


def sample_facts(template: CertificateTemplate) -> dict[str, Any]:
    """The page that shows what a certificate of this template looks like, in the active language."""
    language = active_language()
    return {"certificate": {"language": language}, **_picture(sample_snapshot(template, language))}


def _picture(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    # The sheet round the code is its quiet zone, as on the paper.
    drawing = bare_qr(snapshot["verify_url"]).encode()
    return {"paper": _sheets(snapshot), "qr_src": f"data:image/svg+xml;base64,{b64encode(drawing).decode()}"}


def _sheets(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The words of the paper with what only its picture on the page needs: how dense it is, and the second head."""
    words = _without_hidden_breaks(arranged(snapshot))
    page = filled(words["running"]["page"], page=PAGES_OF_PAPER, pages=PAGES_OF_PAPER)
    words["running"] = {**words["running"], "second": page}
    words["density"] = {"front": _front_density(words), "back": _back_density(words["back"])}
    return words


def _front_density(words: Mapping[str, Any]) -> str:
    """How tightly page 1 is set. The printer's layout measures; here the lines are reckoned from the letters."""
    lines = _lines(words["holder_name"], 33) + _lines(words["course_title"], 52)
    lines += sum(_lines(value, 56) for _label, value in words["facts"])
    return "" if lines <= 7 else "dense" if lines <= 13 else "densest"


def _back_density(back: Mapping[str, Any]) -> str:
    """The same for page 2, where the programme and the longest of the three columns take the room."""
    lines = sum(_lines(part["title"], 66) for part in back["programme"])
    lines += max((sum(_lines(item, 24) for item in group["items"]) for group in back["outcomes"]), default=0)
    return "" if lines <= 14 else "dense" if lines <= 17 else "densest"


def _lines(text: str, letters: int) -> int:
    """How many lines a text takes where about so many letters stand on one."""
    return max(1, -(-len(text) // letters))


def report_url(certificate: Certificate) -> str:
    """A letter to the coordinators about an error, begun; empty where the site names no address."""
    address = layout_facts(active_language())["contact_email"]
    # What holds a line of a page together has no place in the subject of a letter.
    subject = (_("Error in certificate %(number)s") % {"number": certificate.number}).replace("\u00a0", " ")
    return f"mailto:{address}?subject={quote(subject)}" if address else ""


def _without_hidden_breaks(value: Any) -> Any:
    """The words without the hidden places to break that print needs; who copies a name from a page wants it bare."""
    if isinstance(value, str):
        return value.replace("\u200b", "")
    if isinstance(value, Mapping):
        return {key: _without_hidden_breaks(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_hidden_breaks(item) for item in value]
    return value
