"""Words of the newsletter that are kept as proof or stand on the editors' side."""

from django.utils.translation import gettext as _

from cms.mail.rules import Trouble
from cms.newsletter.models import Delivery, Release
from cms.newsletter.queries import Warning


def consent_words() -> str:
    """What one agrees to, in the language in force. A change of meaning raises ``rules.CONSENT_VERSION``."""
    return _(
        "I agree to receive the newsletter of Cooperation Academy by e-mail at this address. "
        "I can withdraw my consent at any time, with the link in each message."
    )


def reason_words(delivery: Delivery) -> str:
    """Why a letter was not sent, and what to do."""
    if delivery.reason == Trouble.ADDRESS.name:
        return _("The mail server of the recipient does not accept this address.")
    if delivery.reason == Trouble.AWAY.name:
        return _("The mail server did not answer, also when asked again. You can repeat it later.")
    return _server_words(delivery.reason)


def trouble_words(release: Release) -> str:
    """What keeps the letters that wait; empty when nothing does."""
    if release.state != Release.State.SENDING or not release.trouble:
        return ""
    if release.trouble == Trouble.AWAY.name:
        return _("The mail server does not answer. Sending goes on by itself as soon as it does.")
    return _server_words(release.trouble)


def _server_words(trouble: str) -> str:
    match trouble:
        case Trouble.REFUSED.name:
            return _("The mail server refused the message. Tell whoever runs the site.")
        case Trouble.SIGN_IN.name:
            return _("The site could not sign in to the mail server. Tell whoever runs the site.")
    return _("The message could not be made or handed over. Tell whoever runs the site.")


def warning_words(warning: Warning) -> str:
    """What to look at before an issue goes out."""
    match warning.kind:
        case "empty":
            return _("The issue is empty.")
        case "draft":
            return _("There are changes that have not been published. The published version is sent.")
        case "long_subject":
            return _("The subject is long; phones will cut it off.")
        case "closed_page":
            return _("This page is not published or not open to everybody, so it will be left out: %(page)s") % {
                "page": warning.what or "–"
            }
        case "dead_link":
            return _("A link in the text leads to a page that is not published (number %(number)s).") % {
                "number": warning.what
            }
    return _("Messages cannot link documents directly; link a page instead: %(document)s") % {"document": warning.what}
