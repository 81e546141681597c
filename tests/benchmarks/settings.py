"""The project's own settings, with the bare pages and views beside it that it is measured against."""

from cms.settings import *  # noqa: F403
from cms.settings import BASE_DIR, INSTALLED_APPS, TEMPLATES

ROOT_URLCONF = "tests.benchmarks.addresses"
INSTALLED_APPS = [*INSTALLED_APPS, "tests.benchmarks"]
TEMPLATES = [
    *TEMPLATES,
    {
        "NAME": "plain",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "tests" / "benchmarks" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Tells Django which addresses are meant.
PLAIN_ADDRESSES = "tests.benchmarks.plain.plain_addresses"
# What "wagtail start" writes into a project, and Django's own for addresses with a language.
PLAIN_MIDDLEWARE = [
    PLAIN_ADDRESSES,
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
