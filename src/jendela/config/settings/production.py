"""In service: refuses to start when a key, the host names or the public address are missing."""

from jendela.config import env
from jendela.config.settings.base import *  # noqa: F403  settings modules are made by star import
from jendela.config.settings.base import EMAIL_HOST, PHONE_GATEWAY_URL, databases

DEBUG = False
SECRET_KEY = env.text("JENDELA_SECRET_KEY")
DATA_KEYS = env.keys("JENDELA_DATA_KEY")
DEMO = False
ALL_MODULES_OPEN = False
STAFF_SECOND_FACTOR = True
MAIL_READY, PHONE_READY = bool(EMAIL_HOST), bool(PHONE_GATEWAY_URL)
if not MAIL_READY:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # no text of a message in a file or log
if not PHONE_READY:
    PHONE_SENDER = "jendela.notify.senders.NoSender"
DATABASES = databases()
ALLOWED_HOSTS = env.listed("JENDELA_HOSTS")
PUBLIC_URL = env.text("JENDELA_PUBLIC_URL").rstrip("/")
if not ALLOWED_HOSTS:
    raise env.SettingError("Isi JENDELA_HOSTS dengan nama situs, misalnya jendela.contoh.go.id.")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.flag("JENDELA_HTTPS_REDIRECT", True)
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# browsers take a cookie of such a name from this host alone: another site of the regency, once broken into, cannot
# plant a session here
SESSION_COOKIE_NAME = "__Host-jendela_sesi"
CSRF_COOKIE_NAME = "__Host-jendela_csrf"
