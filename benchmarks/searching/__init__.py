"""The parts of the search benchmark: made-up actors, the mix of queries, and what the pages are compared with."""
