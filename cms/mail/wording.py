"""How letters, their state and what kept them are worded on the editors' side."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.mail.models import OutgoingMail
from cms.mail.rules import Trouble, trouble_of

# Each letter by the name of its template (``templates/mail``). A letter without a line here fails the suite.
KINDS = {
    "account_already_exists": gettext_lazy("Sign-up with an address that has an account already"),
    "account_deleted": gettext_lazy("Account deleted"),
    "address_taken": gettext_lazy("Change to an address that another account has"),
    "already_verified": gettext_lazy("Confirmation asked for again, address confirmed already"),
    "barrier_answered": gettext_lazy("Answer to a report of a barrier"),
    "barrier_closed": gettext_lazy("Report of a barrier closed without an answer"),
    "barrier_due": gettext_lazy("Reminder of the deadline of a report of a barrier"),
    "barrier_new": gettext_lazy("New report of a barrier, for whoever answers"),
    "barrier_put_off": gettext_lazy("Answer to a report of a barrier put off"),
    "barrier_received": gettext_lazy("Receipt of a report of a barrier"),
    "barrier_refused": gettext_lazy("Demand for accessibility refused"),
    "certificate_issued": gettext_lazy("Certificate issued"),
    "certificate_reissued": gettext_lazy("Certificate issued in place of another"),
    "certificate_revoked": gettext_lazy("Certificate revoked"),
    "declaration_review": gettext_lazy("Reminder that the accessibility declaration is to be reviewed"),
    "email_confirmation": gettext_lazy("Confirmation of a new address"),
    "email_confirmation_signup": gettext_lazy("Confirmation of the address of a new account"),
    "exemption_due": gettext_lazy("Day passed by which a fault of content was to be mended"),
    "invitation": gettext_lazy("Invitation to have an account"),
    "page_review": gettext_lazy("Reminder that a page is to be reviewed"),
    "newsletter_already": gettext_lazy("Newsletter asked for by an address that has it"),
    "newsletter_confirm": gettext_lazy("Confirmation of the newsletter"),
    "newsletter_issue": gettext_lazy("Issue of the newsletter"),
    "password_reset_key": gettext_lazy("Link for a new password"),
    "publication_stopped": gettext_lazy("Planned publication stopped by a fault"),
    "review_approved": gettext_lazy("Page approved by lead editors"),
    "review_asked": gettext_lazy("Page waits for review"),
    "review_given_back": gettext_lazy("Page given back by lead editors"),
    "security_notice": gettext_lazy("Notice of a change of the account"),
    "unknown_account": gettext_lazy("New password for an address without an account"),
}


def kind_words(mail: OutgoingMail) -> str:
    """What the letter is about."""
    return str(KINDS.get(mail.template, mail.template))


def state_words(mail: OutgoingMail) -> str:
    """How far the letter is."""
    match mail.state:
        case OutgoingMail.State.SENT:
            return _("Sent")
        case OutgoingMail.State.FAILED:
            return _("Not sent, given up")
    return _("Waits for another try") if mail.tries else _("Waits to be sent")


def trouble_words(mail: OutgoingMail) -> str:
    """What kept the letter, and what to do about it; empty when nothing did."""
    if not mail.last_error:
        return ""
    match trouble_of(mail.last_error):
        case Trouble.ADDRESS:
            return _("The mail server does not accept the recipient's address. Check how it is spelt.")
        case Trouble.REFUSED:
            return _("The mail server refused the message. Tell whoever runs the site.")
        case Trouble.SIGN_IN:
            return _("The site could not sign in to the mail server. Tell whoever runs the site.")
        case Trouble.AWAY:
            return _("The mail server did not answer. If other messages wait too, tell whoever runs the site.")
        case Trouble.SUSPENDED:
            return _("The account was suspended before the message was sent, so its link was not sent.")
    return _("The message could not be made or handed over. Tell whoever runs the site.")
