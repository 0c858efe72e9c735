"""On one's own machine, as `./jendela up` starts it: safe defaults, keys made by the launcher."""

from jendela.config import env
from jendela.config.settings.base import *  # noqa: F403  settings modules are made by star import
from jendela.config.settings.base import DEMO, databases

DEBUG = env.flag("JENDELA_DEBUG")
SECRET_KEY = env.text("JENDELA_SECRET_KEY")
DATABASES = databases()
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = LOOPBACK if DEMO else env.listed("JENDELA_HOSTS", ",".join(LOOPBACK))
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost has no certificate
