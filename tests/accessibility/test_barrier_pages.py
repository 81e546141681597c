"""What whoever reports a barrier sees: the form, its errors, the receipt, and the page in each state."""

import pytest
from django.utils import timezone

from tests.accessibility.inspection import Inspection
from tests.factories.barriers import make_report
from tests.factories.site import make_academy

pytestmark = pytest.mark.axe


@pytest.mark.rule("page-6", "page-7")
def test_the_report_of_a_barrier(inspection: Inspection) -> None:
    make_academy()
    language, now = inspection.language, timezone.now()
    form = inspection.at("cms_barriers:report")
    inspection.visit("barrier form", form)
    inspection.visit("barrier form with errors", form, press="main form button[type=submit]")
    for name, fields in {
        "receipt": {},
        "answered": {"state": "answered", "settled_at": now, "answer": "Jest.\n\nGotowe."},
        "refused": {"state": "refused", "settled_at": now, "answer": "Nie ma.", "alternative": "Rozmowa."},
    }.items():
        report = make_report(language=language, **fields)
        inspection.visit(f"barrier {name}", inspection.at("cms_barriers:show-report", token=report.token))
