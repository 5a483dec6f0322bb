"""What the tests of the public site share."""

import pytest

from .asking import Visitor


@pytest.fixture
def visitor(client) -> Visitor:
    return Visitor(client)
