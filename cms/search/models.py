"""The index: what can be found, its passages, and which word stands where. Everything here can be made anew."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Target(models.Model):
    """A thing that a room makes findable, by the key that the room gives it: ``cms_library.publication:12``.

    ``version`` is raised by every change of the thing; ``mark`` is what the room told of it when it was read last.
    """

    key = models.CharField(_("key"), max_length=100, unique=True)
    version = models.PositiveIntegerField(default=0)
    mark = models.CharField(max_length=200, blank=True)
    stale_since = models.DateTimeField(_("out of date since"), null=True, blank=True)
    indexed_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("thing that is found")
        verbose_name_plural = _("things that are found")

    def __str__(self) -> str:
        return self.key


class Entry(models.Model):
    """A part of a target that is open to the same people: a publication's record, one of its files, a film.

    Nobody is shown an entry that is ``stale``: what was changed is found again once it was read again. ``page`` is
    asked at each search whether it is live and open; ``audience`` is a key that a reader has to hold, or empty.
    """

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="entries")
    part = models.CharField(max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=20)
    language = models.CharField(_("language"), max_length=2)
    title = models.CharField(_("title"), max_length=255)
    about = models.CharField(max_length=255, blank=True)
    page = models.ForeignKey(Page, null=True, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=500, blank=True)
    audience = models.CharField(max_length=80, blank=True)
    opens_on = models.DateField(null=True)
    stale = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(
                fields=["target", "part", "language"], name="cms_search_entry_one_per_part_and_language"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Passage(models.Model):
    """A stretch of an entry's text, with the place to which a hit leads: an anchor, a page of a file, a second."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="passages")
    number = models.PositiveIntegerField()
    heading = models.CharField(max_length=255, blank=True)
    text = models.TextField()
    anchor = models.CharField(max_length=100, blank=True)
    page_number = models.PositiveIntegerField(null=True)
    second = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="cms_search_passage_number_is_one")]

    def __str__(self) -> str:
        return f"{self.entry_id}.{self.number}"


class Word(models.Model):
    """A word that some text has: folded, as it is written, and what it shares with its other forms.

    ``start``, ``ending`` and ``bones`` find what somebody may have meant by a word that is misspelt.
    """

    folded = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    shown = models.CharField(max_length=60)
    lemma = models.CharField(max_length=40, blank=True, db_index=True)
    light = models.CharField(max_length=40, db_index=True)
    start = models.CharField(max_length=3, db_index=True)
    ending = models.CharField(max_length=4, db_index=True)
    bones = models.CharField(max_length=12, db_index=True)
    length = models.PositiveSmallIntegerField()
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["folded", "language"], name="cms_search_word_one_per_language")]

    def __str__(self) -> str:
        return self.shown


class Posting(models.Model):
    """That a word stands in an entry: how much it counts there, and the first places, as ``passage.position``.

    The title is passage -1.
    """

    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="postings")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="postings")
    weight = models.FloatField()
    places = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "entry"], name="cms_search_posting_one_per_entry")]

    def __str__(self) -> str:
        return f"{self.word_id} in {self.entry_id}"
