"""What whoever subscribes sees: the form, the links of the letters, the archive."""

import pytest

from cms.newsletter.links import CONFIRM, LEAVE, MANAGE, token_for
from tests.accessibility.inspection import Inspection
from tests.factories.newsletter import make_archive, make_issue, make_subscriber, make_topic
from tests.factories.site import make_academy

pytestmark = pytest.mark.axe


@pytest.mark.rule("page-6", "page-7")
def test_the_newsletter(inspection: Inspection) -> None:

    make_academy()
    make_topic()
    language = inspection.language
    page = {"page": make_archive("pl").get_parent().pk, "title": "Strona", "text": "Jedno zdanie."}
    issue = make_issue(language, blocks=[("heading", "Do czytania"), ("text", "<p>Słowa.</p>"), ("page", page)])
    reader = make_subscriber(language=language)
    asked = make_subscriber(language=language, state="pending", confirmed_at=None)
    form = inspection.at("cms_newsletter:subscribe")
    inspection.visit("newsletter", form)
    inspection.visit("newsletter with errors", form, press="main form button[type=submit]")
    inspection.visit("letter on its way", inspection.at("cms_newsletter:show-asked"))
    for name, purpose, whom in (
        ("confirm", CONFIRM, asked),
        ("change-choice", MANAGE, reader),
        ("forget", MANAGE, reader),
        ("unsubscribe", LEAVE, reader),
    ):
        inspection.visit(name, inspection.at(f"cms_newsletter:{name}", token=token_for(whom, purpose)))
    inspection.visit("dead link", inspection.at("cms_newsletter:confirm", token="x"), status=404)
    inspection.visit("archive", make_archive(language).get_url())
    inspection.visit("issue", issue.get_url())
