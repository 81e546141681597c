"""The settings, in one file that can be read aloud from top to bottom.

The defaults make a clone run without any service. ``ENVIRONMENT=production`` turns on the strict half; the
variables that it demands are listed in docs/operations.md and named at once when they are missing.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from cms import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
PRODUCTION = env.production()
DEBUG = env.flag("DEBUG", False)

# --- Addresses ---------------------------------------------------------------------------------------------------
SITE_URL = env.text("SITE_URL", None if PRODUCTION else "http://127.0.0.1:8000")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", None if PRODUCTION else "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS", "")
WAGTAILADMIN_BASE_URL = SITE_URL
ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
APPEND_SLASH = True

# --- Applications, upper houses first so that their templates and commands win -------------------------------------
INSTALLED_APPS = [
    "certificates",
    "courses.learning",
    "courses.catalogue",
    "courses.assessment",
    "cms.newsletter",
    "cms.search",
    "cms.films",
    "cms.library",
    "cms.news",
    "cms.glossary",
    "cms.barriers",
    "cms.declaration",
    "cms.discovery",
    "cms.languages",
    "cms.checks",
    "cms.pages",
    "cms.accounts",
    "cms.privacy",
    "cms.mail",
    "media",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail_localize",
    "wagtail_localize.locales",
    "cms.accounts.users_admin.UsersAdminConfig",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.search",
    "cms.checks.admin_app.AdminConfig",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.csp.AdminPolicyMiddleware",
    "cms.pages.page_cache.PageCacheMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "cms.csp.ForeignPlayerPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "cms.body_size.BodySizeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.accounts.middleware.PersonalResponseMiddleware",
    "cms.accounts.middleware.StaffSessionMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "cms.accounts.middleware.StaffSecondStepMiddleware",
    # Last: a page that moved is looked for only where nothing else answered.
    "cms.discovery.middleware.MovedPageMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.pages.context_processors.layout",
            ],
            "builtins": [
                "cms.pages.templatetags.look",
                "cms.pages.templatetags.typesetting",
                "django.templatetags.i18n",
            ],
        },
    }
]

# --- Data --------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL", VAR_DIR / "db.sqlite3")}
if PRODUCTION:
    env.text("DATABASE_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Reading requests must not take SQLite's write lock, so transactions are opened by actions, not by requests.
ATOMIC_REQUESTS = False

REDIS_URL = env.text("REDIS_URL", "")
CACHES = {
    "default": {
        "BACKEND": "cms.redis_cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "aw",
    }
    if REDIS_URL
    else {
        "BACKEND": "cms.file_cache.FileCache",
        "LOCATION": str(VAR_DIR / "cache"),
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- Jobs: the database's own queue, or Celery on Redis -------------------------------------------------------------
BROKER_URL = env.text("BROKER_URL", "")
if PRODUCTION:
    env.text("BROKER_URL")
if BROKER_URL and BROKER_URL == REDIS_URL:
    # Emptying the cache would throw away the jobs.
    raise ImproperlyConfigured("REDIS_URL and BROKER_URL must not be the same: give them different database numbers")
TASKS = {
    "default": {
        "BACKEND": "cms.tasks_backend.CeleryQueue" if BROKER_URL else "cms.tasks_backend.DatabaseQueue",
        # Wagtail's index updates have a queue of their own: their failures harm nobody and are not shown.
        "QUEUES": ["default", "index"],
    }
}
JOB_SCHEDULE = "cms.schedule.SCHEDULE"
# Seconds after which a job is interrupted, and after which a lost worker's jobs are handed out again (longer than the
# longest job and the longest wait for a next try).
JOB_TIME_LIMIT = env.number("JOB_TIME_LIMIT", 600, least=10)
JOB_VISIBILITY_TIMEOUT = JOB_TIME_LIMIT + 900

# --- People ------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "cms_accounts.User"
AUTHENTICATION_BACKENDS = ["cms.accounts.backend.AddressBackend"]
# The link of a reset or an invitation lives for a day, and dies with the password or address that it was made for.
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "cms.accounts.passwords.NotLikeAddress",
        "OPTIONS": {"user_attributes": ("email",)},
    },
    {"NAME": "cms.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 8}},
    {"NAME": "cms.accounts.passwords.NotWellKnown"},
    {"NAME": "cms.accounts.passwords.NotOnlyDigits"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "courses_learning:list-mine"
# Tells which terms of use a new account accepts: their address and version in a language.
TERMS_IN_FORCE = "cms.pages.layout.terms_of_use"
# Tells why a lesson, film or quiz that learners need cannot be withdrawn.
REASONS_TO_STAY = "courses.learning.staying.reasons_to_stay"
# Tells by which outline a person learns in a course, who may then read its lessons in one document.
OUTLINE_OF_READER = "courses.learning.queries.outline_of_reader"
# Tells whether a page that everybody may see shows a film, which then opens for strangers, too.
SHOWN_TO_EVERYBODY = "cms.films.queries.is_shown_to_everybody"
# Tells the address of the page that each of these films has in public.
FILM_ADDRESSES = "cms.films.queries.addresses_of_films"
# Tells from which hosts, beside YouTube and Vimeo, editors may show films of others.
PEERTUBE_HOSTS = "cms.films.queries.peertube_hosts"
# Tell what keeps a version from being published, what of it a lead editor let pass, and stop what was planned.
WORDS_AGAINST_PUBLISHING = "cms.checks.queries.refusal_words"
EXCUSED_FAULTS = "cms.checks.queries.let_pass"
STOP_WHAT_IS_FAULTY = "cms.checks.actions.stop_what_is_faulty"
ACCOUNT_ADAPTER = "cms.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "signup": "cms.accounts.forms.SignupForm",
    "login": "cms.accounts.forms.LoginForm",
    "add_email": "cms.accounts.forms.AddEmailForm",
    "change_password": "cms.accounts.forms.ChangePasswordForm",
    "set_password": "cms.accounts.forms.SetPasswordForm",
    "reset_password": "cms.accounts.forms.ResetPasswordForm",
    "user_token": "cms.accounts.forms.UserTokenForm",
    "reset_password_from_key": "cms.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "cms.accounts.forms.ReauthenticateForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
ACCOUNT_SESSION_REMEMBER = True
# Whoever is not signed in cannot make us send many letters; guesses at a password are counted for each address from
# one network, and, wider, for each address from anywhere, so that one stranger cannot keep its owner out. What is
# counted for a network leaves room for a classroom: thirty people behind one address who all begin at once.
ACCOUNT_RATE_LIMITS = {
    "confirm_email": "100/h/ip,1/3m/key",
    "reset_password": "100/h/ip,3/h/key",
    "newsletter": "100/h/ip,1/3m/key,5/d/key",
    # A classroom again; what is typed is not lost where the limit holds it up.
    "barrier": "60/h/ip",
    "reset_password_from_key": "90/m/ip",
    "signup": "90/m/ip,300/h/ip",
    "login": "90/m/ip",
    "login_failed": "40/m/ip,300/h/ip,5/5m/key,20/h/key",
    "login_failed_anywhere": "50/h/key",
}
# Every other session ends with the old password; the one that changed it goes on.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_ADAPTER = "cms.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "cms.accounts.forms.AuthenticateForm",
    "reauthenticate": "cms.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "cms.accounts.forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Akademia Współpracy"
# Staff (whoever may enter the editors' side) must have the second step set up before they get in.
STAFF_SECOND_STEP_REQUIRED = env.flag("STAFF_SECOND_STEP_REQUIRED", PRODUCTION)
# Their sessions end after so many hours without a request; those of learners after SESSION_COOKIE_AGE.
STAFF_SESSION_HOURS = env.number("STAFF_SESSION_HOURS", 12, least=1)

# --- Mail --------------------------------------------------------------------------------------------------------
EMAIL_URL = env.url("EMAIL_URL", None if PRODUCTION else "", schemes=("smtp", "smtps"))
if EMAIL_URL:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = EMAIL_URL.hostname
    EMAIL_PORT = EMAIL_URL.port or (465 if EMAIL_URL.scheme == "smtps" else 587)
    EMAIL_HOST_USER = env.text("EMAIL_USER", "")
    EMAIL_HOST_PASSWORD = env.secret("EMAIL_PASSWORD", "")
    EMAIL_USE_SSL = EMAIL_URL.scheme == "smtps"
    EMAIL_USE_TLS = EMAIL_URL.scheme == "smtp" and env.flag("EMAIL_STARTTLS", True)
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "cms.mail.file_backend.EmailBackend"
MAIL_DIR = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL", None if PRODUCTION else "Akademia Współpracy <akademia@example.org>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Languages and time ------------------------------------------------------------------------------------------
LANGUAGE_CODE = "pl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("pl", _("Polish")), ("en", _("English"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("pl", "polski"), ("en", "English")]
# The second one holds what Wagtail leaves in English.
LOCALE_PATHS = [BASE_DIR / "cms" / "locale", BASE_DIR / "cms" / "locale_wagtail"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
# A translation begins as a draft whatever its original is: nobody meets the words of one language as those of another.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# People translate. No machine of others gets a text that is not public yet.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = None
WAGTAILLOCALIZE_JOBS = {"BACKEND": "cms.languages.background.Jobs"}
# Addresses are passed on by mail and by phone, so the one that a title gives has letters without diacritics.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
USE_TZ = True
TIME_ZONE = "Europe/Warsaw"
# The editors' side offers no other: the browser stops at names that only the machine knows, such as "localtime".
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- Files -------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "cms" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "media.storage.WholeFileStorage"},
    # What only the application hands out (films, captions, certificates); never below MEDIA_ROOT, which the web serves.
    "private": {
        "BACKEND": "media.storage.WholeFileStorage",
        "OPTIONS": {"location": str(VAR_DIR / "private"), "base_url": None},
    },
    "staticfiles": {"BACKEND": "cms.static_storage.JoinedManifestStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILM_MAX_BYTES = env.number("FILM_MAX_MEGABYTES", 500, least=1) * 1_000_000
# Where the proxy in front finds the private storage (X-Accel-Redirect); empty: the application sends films itself.
FILM_ACCEL_PREFIX = env.text("FILM_ACCEL_PREFIX", "")

# --- Wagtail -----------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Akademia Współpracy"
WAGTAILIMAGES_IMAGE_MODEL = "media.CustomImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_MODEL = "media.CustomDocument"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp", "txt", "csv", "epub", "zip"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "media.forms.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search_backend"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
TAGGIT_CASE_INSENSITIVE = True

# --- Safety ------------------------------------------------------------------------------------------------------
# A clone signs with a key of its own, kept in var/; production gets one from outside.
SECRET_KEY = env.secret("SECRET_KEY", None if PRODUCTION else "") or env.own_key(VAR_DIR / "secret_key", PRODUCTION)
X_FRAME_OPTIONS = "SAMEORIGIN"
# The editors' preview shows our own pages in a frame, so "DENY" is not possible.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
# How many proxies of our own stand in front: the visitor's address is that many entries from the end.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 1 if PRODUCTION else 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "media-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
CSRF_FAILURE_VIEW = "cms.pages.errors.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
    "loggers": {"django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}

env.complain(DEBUG, "DEBUG must be 0, because its pages show settings and data to everybody")
env.complain("*" in ALLOWED_HOSTS, 'ALLOWED_HOSTS must name the hosts, because "*" lets links in letters lead anywhere')
env.complain(bool(SITE_URL) and not SITE_URL.startswith("https://"), "SITE_URL must start with https://")
env.complain(0 < len(SECRET_KEY) < 50, "SECRET_KEY must have at least 50 characters")
env.refuse_unfit()
