"""What erasing a person does to their data, in words."""

from django.utils.translation import gettext_lazy as _

from cms.privacy.rules import Erasure

ERASED = {
    Erasure.DELETE: _("We delete it."),
    Erasure.ANONYMISE: _("It stays, but no longer leads to you."),
    Erasure.KEEP: _("It stays for the time given here."),
}
