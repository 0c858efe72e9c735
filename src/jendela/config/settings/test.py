"""For tests: nothing leaves the machine, a GET that writes raises, files go to a folder of the run."""

import os
import tempfile

os.environ.setdefault("JENDELA_HOME", tempfile.mkdtemp(prefix="jendela-test-"))
os.environ.setdefault("DATABASE_URL", "postgresql://nobody@localhost/nowhere")

from jendela.config.settings.base import *  # noqa: F403  settings modules are made by star import
from jendela.config.settings.base import INSTALLED_APPS, TEMPLATES, databases

DEBUG = False
DATA_KEYS = {1: "only-for-tests"}
DEMO = False
STAFF_SECOND_FACTOR = False  # its own tests demand it
ALL_MODULES_OPEN = True  # tests of modules close them
SECRET_KEY = "only-for-tests"  # noqa: S105
DATABASES = databases()
DATABASES["default"]["CONN_MAX_AGE"] = 0
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
READONLY_GET = True
SEARCH_WARM = False
PROBES = False  # tests of probes ask servers of their own
PROBES_PAUSE = 0.0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""
INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations", "django_migration_linter"]
