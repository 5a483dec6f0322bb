"""Threads of the live server that a closed browser left in the middle of a page."""

from django.db import connection

from tests.browser.report_database import empty_of_visitors


def leave_nobody() -> None:
    """Ends every connection to the tests' database, this thread's too: who needs one opens it again."""
    connection.close()
    empty_of_visitors(connection.settings_dict["NAME"])
