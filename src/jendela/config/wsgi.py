"""The web process: Django behind the page cache, static files beside it, a listener for changes."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jendela.config.settings.local")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

_django = get_wsgi_application()  # before anything that touches models

from jendela.common import content, spool  # noqa: E402
from jendela.config.pagecache import PageCache  # noqa: E402

_cached = (
    PageCache(_django, size=settings.PAGE_CACHE_BYTES, session_cookie=settings.SESSION_COOKIE_NAME)
    if settings.PAGE_CACHE
    else _django
)
application = WhiteNoise(
    _cached,
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    max_age=60,
    immutable_file_test=lambda path, url: len(url.rsplit(".", 2)) == 3 and len(url.rsplit(".", 2)[1]) == 12,
)
spool.start()
if settings.SEARCH_WARM:
    from jendela.services.search import reads as search

    content.listener.watchers.append(search.rebuild)
content.listener.start()
