"""Names that a word of a query may have been meant for, one letter away. They are proposed, never looked for instead: a
word that nobody answers to (« fibre ») must not become somebody's name (Fabre)."""

from string import ascii_lowercase

from foundations.text import sort_key

from .conditions import SQL
from .reading import Reading

MIN_LENGTH = 5  # letters; shorter words all resemble one another
MOST_WORDS = 3
SHOWN = 4
# One range of the index a word: the name begins by it, or is it.
_NAMED = """
SELECT DISTINCT a.slug, a.name FROM unnest(%s::text[]) typed(word) CROSS JOIN LATERAL (
  SELECT n.actor_id FROM directory_namestart n
  WHERE n.start ~>=~ word AND n.start ~<~ (word || '!') ORDER BY n.start USING ~<~ LIMIT %s
) near JOIN actors_actor a ON a.id = near.actor_id ORDER BY a.name, a.slug LIMIT %s"""


def resembling(reading: Reading) -> SQL | None:
    """Rows (`slug`, `name`) of the actors with such a name; None where no word is long enough to be mistaken."""
    keys = [sort_key(word) for word in reading.words if not word.startswith('"')]
    keys = [key for key in keys if len(key) >= MIN_LENGTH and key.isalpha()][:MOST_WORDS]
    words = sorted({near for key in keys for near in one_letter_away(key)})
    return (_NAMED, [words, SHOWN, SHOWN]) if words else None


def one_letter_away(word: str) -> set[str]:
    """`word` with a letter more, less, or changed, or two that changed places (Damerau, 1964)."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    less = {head + tail[1:] for head, tail in cuts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    changed = {head + letter + tail[1:] for head, tail in cuts if tail for letter in ascii_lowercase}
    more = {head + letter + tail for head, tail in cuts for letter in ascii_lowercase}
    return (less | swapped | changed | more) - {word}
