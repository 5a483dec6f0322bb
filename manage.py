#!/usr/bin/env python
"""Django's command line for Passerelles."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] != ["runserver"]:
        # The limit is for requests: a migration or a load may take its time, someone is watching it.
        os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT", "0")
    if sys.argv[1:2] == ["parse_roster"]:
        # It reads a text and opens nothing: it must run on a machine where nothing is set up yet.
        os.environ.setdefault("DATABASE_URL", "postgres://localhost/none")
        if "SECRET_KEY" not in os.environ:
            os.environ.setdefault("DEBUG", "1")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018  reads the settings now, so that an error is one sentence
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)
