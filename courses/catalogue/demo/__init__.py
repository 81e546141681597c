"""The demonstration course, built through the same publications that editors make. Safe to repeat."""

from courses.catalogue.demo.builder import build_course_b


def build() -> None:
    """Build or refresh the course “Narzędzie IT programu współpracy – obsługa”, its first module in English too."""
    build_course_b()
