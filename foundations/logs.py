"""What the log must not say."""

import logging
import re

# A slug has no capital; a token drawn at random always has, as good as always.
_SECRET = re.compile(r"/(?=[^/\s]*[A-Z~])[\w~-]{32,}")


def without_secrets(text: str) -> str:
    """`text` without the secret part of the private addresses in it: whoever reads the log could open them."""
    return _SECRET.sub("/…", text)


class WithoutSecrets(logging.Filter):
    """Django writes the address of each request that was refused (« Bad Request: /… »)."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(without_secrets(one) if isinstance(one, str) else one for one in record.args)
        return True
