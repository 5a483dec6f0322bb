"""Visitors of every role, and an ecosystem for them to care for."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import accounts


@pytest.fixture
def where():
    return accounts.ecosystem("Ici")


@pytest.fixture
def users(where):
    return {
        "anonymous": AnonymousUser(),
        "reviewer": accounts.reviewer(where),
        "animator": accounts.animator(where),
        "animator_elsewhere": accounts.animator(accounts.ecosystem("Ailleurs")),
        "administrator": accounts.administrator(),
    }
