"""The WSGI door that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from config.gate import AT_ONCE, WAITING, Gate, gated

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
site = get_wsgi_application()

from config.checks import refuse_unsafe_start  # noqa: E402 (needs the apps loaded)
from config.turning_away import turn_away  # noqa: E402 (needs the apps loaded)

refuse_unsafe_start()
application = gated(site, Gate(AT_ONCE, WAITING), turn_away)
