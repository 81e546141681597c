from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "media"
    label = "media"
    verbose_name = _("media")
    role_permissions = {
        "Editors": [f"media.{verb}_film" for verb in ("add", "change", "delete", "view", "publish")],
        "Administrators": ["media.view_failedjob", "media.change_failedjob"],
    }

    def ready(self) -> None:
        from media import receivers  # noqa: F401
