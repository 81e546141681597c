"""The accessibility declaration with everything that it can list, and what it said before."""

from datetime import date

import pytest

from cms.accounts.rules import Role
from cms.declaration.actions import place
from cms.declaration.rules import Group
from cms.pages.versions import address_of, list_address, versions_of
from tests.accessibility.inspection import Inspection
from tests.factories.accounts import staff
from tests.factories.catalogue import publish
from tests.factories.checks import HERE_LINK, make_exemption, make_text_page
from tests.factories.declaration import make_declaration, make_review
from tests.factories.films import make_film_page
from tests.factories.media import FilmFactory

pytestmark = pytest.mark.axe


@pytest.mark.rule("page-6", "page-7", "declaration-1")
def test_the_declaration_with_all_its_lists(inspection: Inspection) -> None:
    lead = staff(Role.LEAD_EDITORS)
    keys = []
    for number in range(3):
        page = make_text_page(HERE_LINK, title=f"Strona z błędem {number}")
        publish(page)
        keys.append(f"exemption:{make_exemption(page).pk}")
    make_film_page(film=FilmFactory(description_kind="not_needed", description_reason="Lektor mówi wszystko."))
    place(by=lead, key=keys[1], group=Group.NOT_COVERED, reason="Archiwum.")
    place(by=lead, key=keys[2], group=Group.EXCESSIVE, reason="Drogo.", assessment_url="https://example.org/ocena")
    make_review(date(2027, 3, 1), method="audit", auditor="Fundacja Przykładowa")
    declaration = make_declaration(inspection.language)
    declaration.contact_name = "Jan Przykładowy"
    publish(declaration)

    inspection.visit("declaration with lists", declaration.get_url())
    inspection.visit("version out of force", address_of(declaration, versions_of(declaration)[1]))
    inspection.visit("versions", list_address(declaration))
