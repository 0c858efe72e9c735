"""What is the same in every environment."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from jendela.config import env

PACKAGE = Path(__file__).resolve().parents[2]
HOME = env.home()

INSTALLED_APPS = [
    "procrastinate.contrib.django",  # first: jobs register with it while the other apps start
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "jendela.common",
    "jendela.common.exchange",
    "jendela.common.workdays",
    "jendela.people.accounts",
    "jendela.people.factors",
    "jendela.people.persons",
    "jendela.people.access",
    "jendela.people.areas",
    "jendela.people.agencies",
    "jendela.people.members",
    "jendela.people.tokens",
    "jendela.notify",
    "jendela.registry.applications",
    "jendela.registry.datasets",
    "jendela.registry.links",
    "jendela.registry.letters",
    "jendela.registry.webhooks",
    "jendela.registry.campaigns",
    "jendela.registry.probes",
    "jendela.registry.overlap",
    "jendela.registry.scores",
    "jendela.services.catalogue",
    "jendela.services.search",
    "jendela.services.editor",
    "jendela.insight.recommendations",
    "jendela.portal.public",
    "jendela.portal.places",
    "jendela.portal.directory",
    "jendela.portal.register",
    "jendela.portal.trust",
    "jendela.portal.staff",
    "jendela.portal.words",
    "jendela.portal.agency",
    "jendela.portal.exchange",
    "jendela.portal.opendata",
    "jendela.portal.style",
    "jendela.ui",
    "jendela.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "jendela.people.access.middleware.ScreenMiddleware",
    "jendela.people.factors.middleware.SecondFactorMiddleware",
    "jendela.people.accounts.middleware.LastSeenMiddleware",
]

ROOT_URLCONF = "jendela.config.urls"
WSGI_APPLICATION = "jendela.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE],
        "OPTIONS": {
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "jendela.ui.context.page",
                "jendela.people.access.context.staff",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "jendela.ui.templatetags.ui",
            ],
        },
    }
]

DATABASE_ROUTERS: list[str] = []


def databases() -> dict[str, Any]:
    db = env.database()
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": db.name,
            "USER": db.user,
            "PASSWORD": db.password,
            "HOST": db.host,
            "PORT": db.port,
            # one connection a thread, kept: a connection for each request costs 8 ms of CPU a page
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"application_name": "jendela", "connect_timeout": 5},
        }
    }


AUTH_USER_MODEL = "people_accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "/akun/masuk/"
LOGIN_REDIRECT_URL = "/kelola/"

# django-allauth: its login stages, second factors and list of sessions; the screens are ours (people/accounts, factors)
ACCOUNT_ADAPTER = "jendela.people.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # who has typed the code of an address has shown that it is theirs
ACCOUNT_RATE_LIMITS = False  # ours are shared by all processes (common/ratelimit.py)
MFA_ADAPTER = "jendela.people.factors.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a phone may be half a minute off
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_REAUTHENTICATION_REQUIRED = False  # asked by accounts/fresh.py, for accounts without a factor too

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "ui" / "static", HOME / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "jendela_sesi"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "jendela_csrf"
CSRF_FAILURE_VIEW = "jendela.config.errors.show_csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300  # thirty ways of a service, eight fields each
SILENCED_SYSTEM_CHECKS = ["staticfiles.W004"]  # the folder of built assets is made by `prepare`

# Jendela's own settings
SITE_NAME = "Jendela Kotawaringin Timur"
SITE_OFFICIAL = env.flag(
    "JENDELA_OFFICIAL"
)  # false: every page says that this is a prototype from public data
PUBLIC_URL = env.text("JENDELA_PUBLIC_URL", "http://localhost:8000").rstrip("/")
DATASET = PACKAGE / "dataset" / "kotim"
EVENT_SUBSCRIBERS = "jendela.config.wiring.SUBSCRIBERS"
STAFF_MENU = "jendela.config.menu.MENU"
EXCHANGE_KINDS = "jendela.config.wiring.EXCHANGE_KINDS"
EXCHANGE_MATCHERS = "jendela.config.wiring.EXCHANGE_MATCHERS"
EXCHANGE_SCOPE = "jendela.people.access.policy.agencies_for"
EXCHANGE_MOST_BYTES = 20_000_000
UPLOAD_MOST_BYTES = 21_000_000  # of any upload; beyond it nothing is written to disk
FILE_UPLOAD_HANDLERS = [
    "jendela.common.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
EXCHANGE_MOST_UNPACKED = 200_000_000  # what a spreadsheet may hold once its ZIP is opened
EXCHANGE_MOST_ROWS = 100_000
EXCHANGE_MOST_COLUMNS = 200
EXCHANGE_BATCH = 1000  # rows a statement
EXCHANGE_KEEP_DAYS = 90  # files and rows of imports
DATA_KEYS = env.keys("JENDELA_DATA_KEY", "")  # number: secret; the highest encrypts (common/encryption.py)
SEALED_JSON = (
    ("mfa.Authenticator", "data"),
)  # fields of a library that hold sealed texts (common/rotation.py)
DEMO = env.flag("JENDELA_DEMO")  # example people, one-time links for every role; loopback only
ALL_MODULES_OPEN = DEMO
REGION_CODE = "62.02"
TRUSTED_PROXIES = int(env.text("JENDELA_TRUSTED_PROXIES", "0"))
RUN_DIR = HOME / "run"  # shared memory of the processes on this machine
SPOOL_DIR = HOME / "spool"  # counts on their way to the database
READONLY_GET = False  # true: a GET that writes to the database raises
PAGE_CACHE = env.flag("JENDELA_PAGE_CACHE", True)
PAGE_CACHE_BYTES = 64 * 1024 * 1024
_rate_factor = int(env.text("JENDELA_RATE_FACTOR", "1"))  # benchmarks and browser journeys raise it
RATE_SEARCH = (
    1200 * _rate_factor,
    60,
)  # requests, seconds, from one address; a village may share one address
RATE_API = (1200 * _rate_factor, 60)
RATE_FEEDBACK = (20, 3600)
RATE_SIGN_IN = (60 * _rate_factor, 900)  # one-time links, from one address; an office shares one
RATE_CODE_REQUEST = (5, 900)  # codes sent to one e-mail address or phone
RATE_CODE_REQUEST_ADDRESS = (60 * _rate_factor, 900)
RATE_CODE_GUESS = (15, 3600)  # codes typed for one e-mail address or phone; each code also dies after five
RATE_CODE_GUESS_ADDRESS = (120 * _rate_factor, 900)
RATE_SECOND_FACTOR = (10, 900)  # one-time passwords and recovery codes typed for one account
STAFF_SECOND_FACTOR = not DEMO  # every account that holds a role must show a second factor

# messages out (jendela.notify)
EMAIL_HOST = env.text("JENDELA_MAIL_HOST", "")
EMAIL_PORT = int(env.text("JENDELA_MAIL_PORT", "587"))
EMAIL_HOST_USER = env.text("JENDELA_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("JENDELA_MAIL_PASSWORD", "")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = env.flag("JENDELA_MAIL_TLS", not EMAIL_USE_SSL) and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.text("JENDELA_MAIL_FROM", "jendela@localhost")
PHONE_GATEWAY_URL = env.text("JENDELA_PHONE_URL", "")
PHONE_GATEWAY_TOKEN = env.text("JENDELA_PHONE_TOKEN", "")
PHONE_GATEWAY_PRIVATE = env.flag("JENDELA_PHONE_PRIVATE")  # the gateway stands in the own network
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "jendela.notify.outbox.OutboxEmailBackend"
)
PHONE_SENDER = (
    "jendela.notify.senders.HttpSender" if PHONE_GATEWAY_URL else "jendela.notify.outbox.OutboxSender"
)
MAIL_READY = PHONE_READY = True  # production says False where nothing is configured
SEARCH_WARM = True
PROBES = env.flag(
    "JENDELA_PROBES", not DEMO
)  # ask addresses of applications from here; a demo does not call out
PROBES_A_RUN = int(env.text("JENDELA_PROBES_A_RUN", "40"))  # 30 runs a night
PROBES_HOST_PAUSE = 10  # seconds between two visits of one host
PROBES_PAUSE = 1.0  # seconds between two requests of one visit
PROBES_CA_FILE = env.text("JENDELA_PROBES_CA_FILE", "")  # issuers of the own network, PEM

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"keys": {"()": "jendela.config.logs.HideKeys"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["keys"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"jendela": {"level": "INFO"}, "django.security.DisallowedHost": {"level": "ERROR"}},
}
