from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "cms.newsletter"
    label = "cms_newsletter"
    verbose_name = _("Newsletter")
    # Nobody gets ``export_subscriber`` by a role: it is given by hand, to the data protection officer.
    role_permissions = {
        "Editors": [
            "cms_newsletter.release_issue",
            "cms_newsletter.add_newslettertopic",
            "cms_newsletter.change_newslettertopic",
            "cms_newsletter.delete_newslettertopic",
        ],
        "Administrators": [
            "cms_newsletter.view_subscriber",
            "cms_newsletter.change_subscriber",
            "cms_newsletter.delete_subscriber",
        ],
    }
