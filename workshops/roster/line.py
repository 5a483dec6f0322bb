"""A line to read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A line to read. `raw` is as listed; `text` without its bullet; `boxed` is a ticked (or empty) box before it."""

    number: int
    raw: str
    text: str
    bullet: bool = False
    boxed: bool | None = None
    indent: int = 0
    after_blank: bool = False
    before_blank: bool = False
    hyphen: bool = False  # a word was cut by the end of a line: how it is spelled is not sure
    loose: bool = False  # joined to what precedes without a sure reason
