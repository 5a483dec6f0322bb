"""The door for a production server: `granian --interface wsgi config.wsgi:application`."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from foundations.memory import spare_the_collector

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    # One sentence that says what to do, rather than a page of traces.
    sys.exit(str(error))
spare_the_collector()
