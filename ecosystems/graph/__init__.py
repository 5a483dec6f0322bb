"""The graph of an ecosystem: pure, without Django. `reading` (beside) loads it; views draw it."""
