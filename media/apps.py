from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "media"
    label = "media"
    verbose_name = _("media")
    role_permissions = {
        "Editors": ["media.add_film", "media.change_film", "media.delete_film", "media.view_film", "media.publish_film"],
        "Administrators": ["media.view_failedjob", "media.change_failedjob"],
    }
