"""How what a workshop left is read: kinds in plain words, chains, who was there, what a source states. Never writes."""
