"""Loading the official geography: files → staging tables → one transaction of set-based SQL."""

from .run import Report, load

__all__ = ["Report", "load"]
