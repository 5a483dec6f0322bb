"""The vocabulary of competences as files: CSV for spreadsheets, SKOS for other vocabularies. Pure, without Django."""
