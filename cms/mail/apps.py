from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "cms.mail"
    label = "cms_mail"
    verbose_name = _("Mail")
    role_permissions = {
        "Coordinators": ["cms_mail.view_outgoingmail", "cms_mail.change_outgoingmail"],
        "Administrators": ["cms_mail.view_outgoingmail", "cms_mail.change_outgoingmail"],
    }
