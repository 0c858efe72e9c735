"""On one's own machine, as `./jendela up` starts it: safe defaults, keys made by the launcher."""

from jendela.config import env
from jendela.config.settings.base import *  # noqa: F403  settings modules are made by star import
from jendela.config.settings.base import DEMO, EMAIL_HOST, PHONE_GATEWAY_URL, databases

DEBUG = env.flag("JENDELA_DEBUG")
SECRET_KEY = env.text("JENDELA_SECRET_KEY")
DATABASES = databases()
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = LOOPBACK if DEMO else env.listed("JENDELA_HOSTS", ",".join(LOOPBACK))
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost has no certificate

if not DEMO:  # real people may wait for these messages: say that none comes, as in production
    MAIL_READY, PHONE_READY = bool(EMAIL_HOST), bool(PHONE_GATEWAY_URL)
    if not MAIL_READY:
        EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    if not PHONE_READY:
        PHONE_SENDER = "jendela.notify.senders.NoSender"
