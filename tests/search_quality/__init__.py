"""Whether the search finds the right people: needs in the users' words, judged by hand over the report's data."""
