"""Asking for the newsletter, confirming, changing, leaving. No link changes anything by being opened alone.

A link's token tells whose it is, so these pages need no sign-in; they show the address only in part.
"""

from typing import cast

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_safe
from wagtail.models import Page

from cms.accounts.limits import hold_on
from cms.accounts.models import User
from cms.newsletter import actions, rules
from cms.newsletter.forms import AccountForm, ChoiceForm, SubscribeForm
from cms.newsletter.links import CONFIRM, LEAVE, MANAGE, key_of, token_for
from cms.newsletter.models import ConsentEvent, Subscriber
from cms.newsletter.queries import archive_url, subscriber_of, subscriber_with, words_above_form

form_methods = require_http_methods(["GET", "HEAD", "POST"])
LIMIT = "newsletter"
Source, State = ConsentEvent.Source, Subscriber.State


@never_cache
@form_methods
def subscribe(request: HttpRequest) -> HttpResponse:
    """Takes an address; the answer is the same for those that have the newsletter and those that do not."""
    if request.user.is_authenticated:
        return redirect("cms_newsletter:show-mine")
    form = SubscribeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        if not ratelimit.consume(request, action=LIMIT, key=address):
            held = {"held": hold_on(request, LIMIT, address)}
            return render(request, "cms/newsletter/asked.html", held, status=429)
        actions.ask(email=address, **form.choice)
        return redirect("cms_newsletter:show-asked")
    language = get_language() or "pl"
    context = {"form": form, "lead": words_above_form(language), "archive_url": archive_url(language)}
    return render(request, "cms/newsletter/subscribe.html", context)


@never_cache
@require_GET
def show_asked(request: HttpRequest) -> HttpResponse:
    """Says that a letter is on its way. It knows of nobody, so it may be opened by everybody."""
    return render(request, "cms/newsletter/asked.html")


@never_cache
@form_methods
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, for programs that look through letters open every link; the button subscribes. Works once."""
    subscriber = subscriber_of(token, CONFIRM)
    if subscriber is None or subscriber.state not in (State.PENDING, State.ACTIVE):
        return render(request, "cms/newsletter/dead_link.html", status=404)
    if request.method == "POST" and actions.confirm(subscriber_id=subscriber.pk):
        subscriber.refresh_from_db()
    context = {
        "address": rules.masked(subscriber.email),
        "confirmed": subscriber.state == State.ACTIVE,
        "manage_token": token_for(subscriber, MANAGE),
    }
    return render(request, "cms/newsletter/confirm.html", context)


@never_cache
@form_methods
def change_choice(request: HttpRequest, token: str) -> HttpResponse:
    """Topics and language of the subscription that the link belongs to."""
    subscriber = subscriber_of(token, MANAGE)
    if subscriber is None:
        return render(request, "cms/newsletter/dead_link.html", status=404)
    if subscriber.state != State.ACTIVE:
        return render(request, "cms/newsletter/left.html", {"manage_token": token})
    form = ChoiceForm(request.POST or None, initial=_choice_of(subscriber))
    if request.method == "POST" and form.is_valid():
        actions.change_choice(subscriber_id=subscriber.pk, source=Source.LINK, **form.choice)
        messages.success(request, _("Your choice has been saved."))
        return redirect("cms_newsletter:change-choice", token)
    context = {
        "form": form,
        "address": rules.masked(subscriber.email),
        "leave_token": token_for(subscriber, LEAVE),
        "manage_token": token,
    }
    return render(request, "cms/newsletter/choice.html", context)


def _choice_of(subscriber: Subscriber) -> dict[str, object]:
    return {
        "language": subscriber.language,
        "topics": list(subscriber.topics.values_list("slug", flat=True)),
    }


@csrf_exempt
@never_cache
@form_methods
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Leaving: a person is asked first, the button of a mail program (RFC 8058) is not. Repeating it changes nothing.

    Needs no form token, for the link itself proves whose it is, and a mail program has no cookies.
    """
    if key_of(token, LEAVE) is None:
        return render(request, "cms/newsletter/dead_link.html", status=404)
    subscriber = subscriber_of(token, LEAVE)
    if request.method == "POST" and subscriber is not None:
        one_click = request.POST.get("List-Unsubscribe") == "One-Click"
        actions.unsubscribe(subscriber_id=subscriber.pk, source=Source.ONE_CLICK if one_click else Source.LINK)
        subscriber.refresh_from_db()
    # Whoever was forgotten in the meantime gets nothing any more, which is what was wanted.
    if subscriber is None or subscriber.state != State.ACTIVE:
        return render(request, "cms/newsletter/left.html", {"manage_token": _manage_token(subscriber)})
    return render(request, "cms/newsletter/unsubscribe.html", {"address": rules.masked(subscriber.email)})


def _manage_token(subscriber: Subscriber | None) -> str:
    return token_for(subscriber, MANAGE) if subscriber else ""


@never_cache
@form_methods
def forget(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, then deletes all that is held about the address."""
    subscriber = subscriber_of(token, MANAGE)
    if subscriber is None:
        gone = key_of(token, MANAGE) is not None
        return render(
            request, f"cms/newsletter/{'forgotten' if gone else 'dead_link'}.html", status=200 if gone else 404
        )
    if request.method == "POST":
        actions.forget(subscriber_id=subscriber.pk)
        return render(request, "cms/newsletter/forgotten.html")
    return render(request, "cms/newsletter/forget.html", {"address": rules.masked(subscriber.email)})


@never_cache
@login_required
@form_methods
def show_mine(request: HttpRequest) -> HttpResponse:
    """The subscription of the signed-in person's proved address: begins with a consent, changes without a letter."""
    user = cast(User, request.user)
    subscriber = subscriber_with(user.email)
    active = subscriber is not None and subscriber.state == State.ACTIVE
    if active and "leave" in request.POST and subscriber is not None:
        actions.unsubscribe(subscriber_id=subscriber.pk, source=Source.ACCOUNT)
        messages.success(request, _("You will not receive the newsletter any more."))
        return redirect("cms_newsletter:show-mine")
    initial = _choice_of(subscriber) if active and subscriber is not None else {}
    form = (ChoiceForm if active else AccountForm)(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.subscribe_account(user=user, **form.choice)
        messages.success(request, _("Your choice has been saved.") if active else _("You will receive the newsletter."))
        return redirect("cms_newsletter:show-mine")
    return render(request, "cms/newsletter/mine.html", {"form": form, "active": active, "address": user.email})


@require_safe
def follow_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads from a letter to a page, wherever it stands now. Nothing is counted and nobody is told apart."""
    page = Page.objects.live().filter(pk=pk).first()
    url = page.get_url(request) if page else None
    if not url:
        raise Http404
    return redirect(url)
