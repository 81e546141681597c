"""The addresses of learning. The course is named by its code, the step by its key; nothing else stands in them."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from courses.learning.views import courses, films, quizzes, steps

app_name = "courses_learning"
urlpatterns = [
    path("", courses.list_mine, name="list-mine"),
    path("<slug:course>/", courses.enter_course, name="enter-course"),
    path(_("<slug:course>/enrol/"), courses.enrol_in_course, name="enrol"),
    path("<slug:course>/<uuid:key>/", steps.open_step, name="open-step"),
    path(_("<slug:course>/<uuid:key>/done/"), steps.complete_step, name="complete-step"),
    path(_("<slug:course>/<uuid:key>/undo/"), steps.undo_step, name="undo-step"),
    path(_("<slug:course>/<uuid:key>/film/"), films.record_film, name="record-film"),
    path(_("<slug:course>/<uuid:key>/transcript/"), films.complete_by_transcript, name="complete-by-transcript"),
    path(_("<slug:course>/<uuid:key>/start/"), quizzes.start_quiz, name="start-quiz"),
    path(_("<slug:course>/<uuid:key>/question/<int:position>/"), quizzes.show_question, name="show-question"),
    path(_("<slug:course>/<uuid:key>/summary/"), quizzes.show_summary, name="show-summary"),
    path(_("<slug:course>/<uuid:key>/send/"), quizzes.submit_quiz, name="submit-quiz"),
    path(_("<slug:course>/<uuid:key>/result/<int:number>/"), quizzes.show_result, name="show-result"),
]
