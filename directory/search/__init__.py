"""Search: what a query means, which actors answer, why, and how many by facet."""
