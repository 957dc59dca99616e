"""Settings of a production site; every other settings module only loosens these.

Everything an operator sets comes from environment variables (see docs/operating.md).
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"
env = environ.Env()

DEBUG = False
DEMO = False
SECRET_KEY = env("SECRET_KEY", default="")
# Former keys: what was sealed or signed under them can be read for as long as they stand here.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# What person keys in reports are made with where SECRET_KEY was changed: the one from before.
PERSON_KEYS_SECRET = env("PERSON_KEYS_SECRET", default="")
SITE_URL = env("SITE_URL", default="https://putokaz.example")
# The body in whose name certificates are issued; it stands on each of them.
ISSUER = env("ISSUER", default="Putokaz")
# Whether each says that it is a sample without legal value.
CERTIFICATES_ARE_SAMPLES = env.bool("CERTIFICATES_ARE_SAMPLES", default=False)
# The key that seals them: a PKCS#12 file, or one on a token (PKCS#11). Without one they wait.
SEAL_KEY_FILE = env("SEAL_KEY_FILE", default="")
SEAL_PASSPHRASE = env("SEAL_PASSPHRASE", default="")
SEAL_PKCS11_MODULE = env("SEAL_PKCS11_MODULE", default="")
SEAL_PKCS11_TOKEN = env("SEAL_PKCS11_TOKEN", default="")
SEAL_PKCS11_PIN = env("SEAL_PKCS11_PIN", default="")
SEAL_PKCS11_LABEL = env("SEAL_PKCS11_LABEL", default="")
# A time-stamp service (RFC 3161) makes seals B-T; with the proofs for the long term, B-LTA.
SEAL_TIMESTAMP_URL = env("SEAL_TIMESTAMP_URL", default="")
SEAL_LONG_TERM = env.bool("SEAL_LONG_TERM", default=False)
# Certificates (PEM) that are believed besides the present seal: roots, and earlier seals.
SEAL_TRUSTED = env("SEAL_TRUSTED", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])

INSTALLED_APPS = [
    "config.apps.PutokazConfig",
    "reports",
    "certificates",
    "assessments",
    "courses",
    "cms",
    "lrs",
    "people",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "config.apps.AccountsConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "config.middleware.visitor_address",
    # Machines that talk xAPI need nothing of what a page needs.
    "lrs.http.door.record_store",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.content_policy",
    "config.middleware.latin_script",
    "cms.published.ask_once",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.LanguageOfTheAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "people.middleware.require_second_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "config.deciding.decide_once",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/putokaz.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # Django's defaults lose writes under two writers: see docs/decisions/0003-sqlite.md
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-8000;PRAGMA temp_store=MEMORY;PRAGMA mmap_size=134217728;"
            "PRAGMA wal_autocheckpoint=16000;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}
if env("REDIS_URL", default=""):
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env("REDIS_URL"),
    }

# --- the record store -----------------------------------------------------------------------
LRS_MOUNT = "/xapi/"
# What is answered to a client that does not say which version it speaks.
LRS_DEFAULT_VERSION = env("LRS_DEFAULT_VERSION", default="1.0.3")
# The most that one request may carry, in bytes.
LRS_MAX_BODY = env.int("LRS_MAX_BODY", default=16 * 1024 * 1024)
# Statements on one page, where the client does not ask for fewer, and at most.
LRS_PAGE = 100
LRS_LARGEST_PAGE = 500
# Web pages of which origin may use the store; credentials never travel by cookie.
LRS_CORS_ORIGIN = env("LRS_CORS_ORIGIN", default="*")
# What becomes of e-mail addresses in statements that are sent here: keep, refuse or map.
LRS_MAILBOXES = env("LRS_MAILBOXES", default="keep")
# After how many days what was sent here may go: {"verb": days, "*": days}.
LRS_RETENTION = env.json("LRS_RETENTION", default={})

# --- reports -----------------------------------------------------------------------------------
# After how many days changes of the feed are thrown away, once a day; 0: never by itself.
FEED_KEEP_DAYS = env.int("FEED_KEEP_DAYS", default=0)
# Hints go to https alone, and to addresses of the public network and of these networks alone.
WEBHOOK_HTTPS_ONLY = True
WEBHOOK_NETWORKS = env.list("WEBHOOK_NETWORKS", default=[])
# After so many days without success a client is no longer hinted at.
WEBHOOK_GIVE_UP_DAYS = env.int("WEBHOOK_GIVE_UP_DAYS", default=5)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- accounts -------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_learning"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Putokaz: "
ACCOUNT_SIGNUP_FORM_CLASS = "people.signup.SignupForm"
ACCOUNT_FORMS = {
    "login": "people.account_forms.LoginForm",
    "signup": "people.account_forms.SignupForm",
    "reset_password": "people.account_forms.ResetPasswordForm",
    "add_email": "people.account_forms.AddEmailForm",
}
ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Putokaz"
EMAIL_BACKEND = env("EMAIL_BACKEND", default="django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Putokaz <noreply@putokaz.example>")

# --- languages: docs/decisions/0002-two-scripts.md ------------------------------------------
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Belgrade"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("sr", _("Serbian")), ("sr-latn", _("Serbian (Latin)"))]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("sr", _("Serbian"))]
FORMAT_MODULE_PATH = ["config.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- files ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# Browser libraries and fonts are copied to var/vendor at set-up, never committed.
STATICFILES_DIRS = [BASE_DIR / "static", ("vendor", VAR_DIR / "vendor")]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Certificates and exports: never served by path, only through a view that checks rights.
PRIVATE_ROOT = VAR_DIR / "private"
# The private halves of the keys that sign certificates: for the service alone, and backed up.
KEYS_ROOT = Path(env("KEYS_ROOT", default=str(VAR_DIR / "keys")))
KEYS_PASSPHRASE = env("KEYS_PASSPHRASE", default="")
# The vocabularies of certificates as data: copied at set-up, never fetched later.
CONTEXTS_ROOT = VAR_DIR / "vendor" / "contexts"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- safety ---------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies in front add to X-Forwarded-For; what came before them is not believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
# A cache of one process would show another process a session as it was a minute ago.
SESSION_ENGINE = (
    f"django.contrib.sessions.backends.{'cached_db' if env('REDIS_URL', default='') else 'db'}"
)
CSRF_COOKIE_SECURE = True
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # the CMS shows its previews in a frame of its own
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

# --- Wagtail --------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Putokaz"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "wagtailadmin_login"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
# Everybody works in Serbia. Without this the CMS offers the server's own list of zones, and breaks
# on names that browsers do not know.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("sr", "Српски")]
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "csv", "txt", "mp4", "webm", "vtt"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_FINISH_WORKFLOW_ACTION = "config.approving.publish_approved"
# "Translate" makes an ordinary draft in the other language: it goes through the same review.
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "simple"
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # no page asks another host for anything

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # What is wrong with a file that was examined is told to whoever asked.
    "loggers": {"pyhanko": {"level": "CRITICAL"}, "pyhanko_certvalidator": {"level": "CRITICAL"}},
}
