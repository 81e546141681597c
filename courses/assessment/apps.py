from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "courses.assessment"
    label = "courses_assessment"
    verbose_name = _("Assessment")
    role_permissions = {
        "Editors": [
            f"courses_assessment.{verb}_{noun}"
            for noun in ("questionbank", "question", "quiz")
            for verb in ("add", "change", "delete", "view", *(() if noun == "questionbank" else ("publish",)))
        ]
    }

    def ready(self) -> None:
        from courses.assessment import receivers  # noqa: F401
