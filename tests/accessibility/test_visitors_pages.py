"""What visitors see: the public pages, the door, the verification, the error page."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.utils import timezone

from certificates import actions
from cms.accounts.rules import Role
from tests.accessibility.inspection import Inspection
from tests.factories.accounts import UserFactory, staff
from tests.factories.certificates import make_certificate, make_person
from tests.factories.films import make_films
from tests.factories.glossary import make_small_glossary
from tests.factories.library import make_shelf
from tests.factories.media import ImageFactory
from tests.factories.news import make_newsroom
from tests.factories.pages import fund, look_after, make_notice, make_text_page, name_easy_version
from tests.factories.search import index_everything
from tests.factories.site import make_academy

pytestmark = pytest.mark.axe
UNKNOWN = "7K4M9QXT2HPD8RWY5NCV3JBFGA"


@pytest.mark.rule("page-6", "page-7")
def test_public_pages(inspection: Inspection) -> None:
    make_academy()
    make_shelf()
    make_films()
    make_newsroom()
    make_small_glossary()
    home = f"/{inspection.language}/"
    pages = {"pl": ["o-projekcie", "pomoc", "deklaracja-dostepnosci", "prywatnosc", "regulamin"]}.get(
        inspection.language, ["about", "help", "accessibility", "privacy", "terms"]
    )
    inspection.visit("home", home)
    for name in pages:
        inspection.visit(name, f"{home}{name}/")
    inspection.visit("list of courses", f"{home}szkolenia/")
    inspection.visit("search without a result", f"{home}szkolenia/?q=ornitologia")
    inspection.visit("course page", f"{home}szkolenia/narzedzie/")
    inspection.visit("list of publications", f"{home}publikacje/")
    inspection.visit("list narrowed to nothing", f"{home}publikacje/?kind=guide&year=2014")
    inspection.visit("publication", f"{home}publikacje/poradnik/")
    inspection.visit("list of news", f"{home}aktualnosci/")
    inspection.visit("news of a month", f"{home}aktualnosci/?year=2014&month=12")
    inspection.visit("item of news", f"{home}aktualnosci/biblioteka/")
    inspection.visit("glossary", f"{home}slowniczek/")
    inspection.visit("search in the glossary without a result", f"{home}slowniczek/?q=ornitologia")
    inspection.visit("page with an open hint", f"{home}aktualnosci/biblioteka/", press="a.term[role=button]")
    inspection.visit("list of films", f"{home}filmy/")
    inspection.visit("list of films narrowed to nothing", f"{home}filmy/?access=sign&length=medium")
    inspection.visit("film", f"{home}filmy/zakupy/?t=3")
    inspection.visit("film in sign language", f"{home}filmy/zakupy/?version=sign")
    inspection.visit("film with a foreign player", f"{home}filmy/obcy/")
    index_everything()
    search = inspection.at("cms_search:search-site")
    inspection.visit("search", search)
    inspection.visit("search with results", f"{search}?q=zakupy+poradnik&lang=all")
    inspection.visit("search for a misspelt word", f"{search}?q=poradnnik&lang=all")
    inspection.visit("search that finds nothing", f"{search}?q=ornitologia")
    inspection.visit("search for too much", f"{search}?q={'poradnik+' * 40}")
    inspection.visit("sample certificate", inspection.at("certificates_own:show-sample", course="narzedzie"))
    inspection.visit("style guide", inspection.at("styleguide"))
    inspection.visit("not found", f"{home}tej-strony-nie-ma/", status=404)


@pytest.mark.rule("page-6", "page-7")
def test_what_stands_around_a_page(inspection: Inspection) -> None:
    make_academy()
    language = inspection.language
    easy = make_text_page("Prosto", slug="prosto", language=language)
    page = make_text_page(
        "Zasady",
        slug="zasady",
        language=language,
        legal_as_of=date(2026, 10, 1),
        body=[("timeline", {"items": [{"when": "2014", "text": "<p>Poradnik.</p>", "source": "ISBN", "address": ""}]})],
    )
    logos = [("logo", {"image": ImageFactory(), "alt_pl": "Flaga Unii", "alt_en": "Flag of the Union"})]
    fund(page, make_notice(logos=logos))
    name_easy_version(page, easy)
    sources = [("source", {"text": "UDPP, art. 5a", "address": "https://example.org/"})]
    look_after(page, review_on=date(2026, 1, 1), sources=sources)
    below = make_text_page("Szczegóły", below=page, slug="szczegoly", language=language)
    look_after(below, is_outdated=True, replaced_by=easy)
    home = f"/{language}/"
    inspection.visit("page overdue, funded, with sources", f"{home}zasady/")
    inspection.visit("page for print", f"{home}zasady/?print")
    inspection.visit("page out of date", f"{home}zasady/szczegoly/")
    inspection.visit("easy-to-read page", f"{home}prosto/")
    inspection.visit("whole course for print", f"{home}szkolenia/narzedzie/{'druk' if language == 'pl' else 'print'}/")


@pytest.mark.rule("page-6", "page-7")
def test_the_door(inspection: Inspection) -> None:
    make_academy()
    unproved = UserFactory(verified=False, email="nowa@example.org")
    link = EmailConfirmationHMAC(EmailAddress.objects.get(user=unproved)).key
    submit = "main form button[type=submit]"
    enrolment = inspection.at("courses_learning:enrol", course="narzedzie")
    inspection.visit("sign-up", inspection.at("account_signup"))
    inspection.visit("sign-up with errors", inspection.at("account_signup"), press=submit)
    inspection.visit("sign-in", inspection.at("account_login"))
    inspection.visit("sign-in with errors", inspection.at("account_login"), press=submit)
    inspection.visit("sign-in on the way to a course", f"{inspection.at('account_login')}?next={enrolment}")
    inspection.visit("verification sent, to whom is not known", inspection.at("account_email_verification_sent"))
    inspection.visit("sign-up, filled in", inspection.at("account_signup"))
    for name, text in {"name": "Żaneta Nowa", "email": "zaneta@gmial.com", "password1": "obiad-dla-40-osob"}.items():
        inspection.page.fill(f'[name="{name}"]', text)
    inspection.page.check('[name="terms"]')
    inspection.page.click(submit)
    inspection.look("verification sent, with the address that was likely meant")
    inspection.page.click(submit)
    inspection.look("verification held back by a limit")
    inspection.page.context.clear_cookies()
    inspection.visit("link of the letter", inspection.at("account_confirm_email", key=link))
    inspection.visit("link that does not work", inspection.at("account_confirm_email", key="x"))
    inspection.visit("link again", inspection.at("cms_accounts:resend-verification"))
    inspection.visit("reset", inspection.at("account_reset_password"))
    inspection.visit("reset with errors", inspection.at("account_reset_password"), press=submit)
    inspection.visit("reset sent", inspection.at("account_reset_password_done"))
    inspection.visit("farewell", inspection.at("cms_accounts:show-farewell"))


@pytest.mark.rule("page-6", "page-7")
def test_verification(inspection: Inspection) -> None:
    academy = make_academy()
    by, now = staff(Role.COORDINATORS), timezone.now()
    old = make_certificate(make_person("Żaneta Stara"), award=academy.award)
    valid = actions.reissue(certificate_id=old.pk, name="Żaneta Nowa", by=by, now=now)
    revoked = make_certificate(make_person("Jan Przykładowy"), award=academy.award)
    actions.revoke(certificate_id=revoked.pk, reason="Wystawione przez pomyłkę.", by=by, now=now)
    inspection.visit("verification form", f"/c/?lang={inspection.language}")
    for name, code, status in (
        ("valid", valid.code, 200),
        ("replaced", old.code, 200),
        ("revoked", revoked.code, 200),
        ("not found", UNKNOWN, 404),
    ):
        inspection.visit(f"verification: {name}", f"/c/{code}/?lang={inspection.language}", status=status)
    inspection.visit(
        "verification: surname without an answer",
        f"/c/{valid.code}/?lang={inspection.language}",
        press="#person button[type=submit]",
    )
