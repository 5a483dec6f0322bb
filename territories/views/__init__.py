"""Finding a place, and outlines. The page of a territory, which shows several floors, is in `directory`."""
