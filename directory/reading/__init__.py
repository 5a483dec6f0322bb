"""What the pages of the top floor say, read from every floor below; no page writes its own queries."""
