"""The fixed words of a certificate in Polish and English.

They are copied into each snapshot when a certificate is issued, so a change here reaches only later certificates.
Words in braces are places that are filled from the snapshot.
"""

from typing import Any

POLISH: dict[str, Any] = {
    "brand": "Akademia\nWspółpracy",
    "document_title": "Zaświadczenie o ukończeniu szkolenia",
    "description": "Zaświadczenie dla: {holder}. Szkolenie: {course}.",
    "sample": "DOKUMENT PRZYKŁADOWY",
    "number": "Nr",
    "page": "strona {page} z {pages}",
    "holder": "Imię i nazwisko",
    "course": "Ukończone szkolenie",
    "course_quoted": "„{title}”",
    "period": "Termin",
    "hours": "Wymiar",
    "form": "Forma",
    "verification": "Sposób weryfikacji",
    "result_short": "wynik {result}",
    "trainer": "Prowadzenie",
    "validator": "Walidacja",
    "trainer_validator": "{trainer}; walidacja: {validator}",
    "issued": "{place}, {date}",
    "on_behalf": "w imieniu organizatora: {issuer}",
    "verify": "Sprawdź to zaświadczenie",
    "code": "kod",
    "qr_alt": "Kod QR. Prowadzi do strony, na której można sprawdzić to zaświadczenie: {url}",
    "programme": "Program szkolenia",
    "part": "Moduł",
    "topic": "Temat",
    "minutes": "Minuty",
    "total": "Razem: {hours}",
    "outcomes": "Efekty uczenia się",
    "knowledge": "Wiedza",
    "skills": "Umiejętności",
    "social": "Kompetencje społeczne",
    "verification_heading": "Sposób weryfikacji",
    "result": "Wynik: {result}.",
    "months": [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ],
    "date": "{day} {month} {year} r.",
    "period_days": "{day1}–{day2} {month2} {year2} r.",
    "period_months": "{day1} {month1} – {day2} {month2} {year2} r.",
    "period_years": "{day1} {month1} {year1} r. – {day2} {month2} {year2} r.",
    "not_note": (
        "Dokument potwierdza ukończenie szkolenia. Nie jest certyfikatem kwalifikacji w rozumieniu ustawy "
        "o Zintegrowanym Systemie Kwalifikacji ani uprawnieniem zawodowym."
    ),
}

ENGLISH: dict[str, Any] = {
    "brand": "Akademia\nWspółpracy",
    "document_title": "Certificate of course completion",
    "description": "Certificate for: {holder}. Course: {course}.",
    "sample": "SAMPLE DOCUMENT",
    "number": "No.",
    "page": "page {page} of {pages}",
    "holder": "Name and surname",
    "course": "Completed course",
    "course_quoted": "“{title}”",
    "period": "Dates",
    "hours": "Length",
    "form": "Form",
    "verification": "Verification",
    "result_short": "result: {result}",
    "trainer": "Trainer",
    "validator": "Assessor",
    "trainer_validator": "{trainer}; assessor: {validator}",
    "issued": "{place}, {date}",
    "on_behalf": "on behalf of the organiser: {issuer}",
    "verify": "Check this certificate",
    "code": "code",
    "qr_alt": "QR code. It leads to the page where this certificate can be checked: {url}",
    "programme": "Course programme",
    "part": "Module",
    "topic": "Topic",
    "minutes": "Minutes",
    "total": "Total: {hours}",
    "outcomes": "Learning outcomes",
    "knowledge": "Knowledge",
    "skills": "Skills",
    "social": "Social competences",
    "verification_heading": "How the outcomes were verified",
    "result": "Result: {result}.",
    "months": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "date": "{day} {month} {year}",
    "period_days": "{day1}–{day2} {month2} {year2}",
    "period_months": "{day1} {month1} – {day2} {month2} {year2}",
    "period_years": "{day1} {month1} {year1} – {day2} {month2} {year2}",
    "not_note": (
        "This document confirms that a course was completed. It is not a certificate of a qualification within the "
        "meaning of the Polish Act on the Integrated Qualifications System, nor a professional licence."
    ),
}


def default_labels(language: str) -> dict[str, Any]:
    """A fresh copy of the fixed words in ``pl`` or ``en``, to be kept in a snapshot under ``labels``."""
    labels = {"pl": POLISH, "en": ENGLISH}[language]
    return {key: list(text) if isinstance(text, list) else text for key, text in labels.items()}
