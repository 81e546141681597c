"""Words of the newsletter that are kept as proof or stand on the editors' side."""

from django.utils.translation import gettext as _

from cms.mail.rules import Trouble
from cms.newsletter.models import Delivery
from cms.newsletter.queries import Warning


def consent_words() -> str:
    """What one agrees to, in the language in force. A change of meaning raises ``rules.CONSENT_VERSION``."""
    return _(
        "I agree to receive the newsletter of Cooperation Academy by e-mail at this address. "
        "I can withdraw my consent at any time, with the link in each message."
    )


def reason_words(delivery: Delivery) -> str:
    """Why a letter was not sent, and what to do."""
    match delivery.reason:
        case Trouble.ADDRESS.name:
            return _("The mail server of the recipient does not accept this address.")
        case Trouble.REFUSED.name:
            return _("The mail server refused the message. Tell whoever runs the site.")
        case Trouble.SIGN_IN.name:
            return _("The site could not sign in to the mail server. Tell whoever runs the site.")
        case Trouble.AWAY.name:
            return _("The mail server did not answer, also when asked again. You can repeat it later.")
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
