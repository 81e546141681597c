"""One view for editors: offering a new lesson for a module of its course."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courses.catalogue.actions import place_lesson
from courses.catalogue.forms import PlaceLessonForm
from courses.catalogue.models import LessonPage


def offer_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask which module of the course the lesson joins; it joins the draft, learners see it after publication."""
    lesson = get_object_or_404(LessonPage, pk=pk)
    parent = lesson.get_parent()
    if not parent.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    form = PlaceLessonForm(request.POST or None, lesson=lesson)
    if request.method == "POST" and form.is_valid():
        if place_lesson(lesson=lesson, module_key=form.cleaned_data["module"], by=request.user):
            messages.success(
                request, _("The lesson stands in the draft outline. Publish the course to open it to learners.")
            )
        else:
            messages.info(request, _("The lesson stands in the outline already."))
        return redirect("wagtailadmin_pages:edit", parent.pk)
    return render(
        request, "courses/catalogue/admin_place_lesson.html", {"form": form, "lesson": lesson, "course": parent}
    )
