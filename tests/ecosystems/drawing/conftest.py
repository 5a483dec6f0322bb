"""Browsers leave in the middle of a page, and threads of the live server stay connected for a while."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from tests.browser.report_database import empty_of_visitors


@pytest.fixture(scope="session", autouse=True)
def _nobody_stays(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """At the very end nobody is connected to the database that is about to be dropped."""
    yield
    with django_db_blocker.unblock():
        connection.close()
        empty_of_visitors(connection.settings_dict["NAME"])
