from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    label = "certificates"
    verbose_name = _("Certificates")
    role_permissions = {
        "Coordinators": [
            "certificates.view_certificate",
            "certificates.change_certificate",
            "certificates.add_certificatetemplate",
            "certificates.change_certificatetemplate",
            "certificates.view_certificatetemplate",
            "certificates.add_award",
            "certificates.change_award",
            "certificates.view_award",
        ],
    }

    def ready(self) -> None:
        from certificates import receivers  # noqa: F401
