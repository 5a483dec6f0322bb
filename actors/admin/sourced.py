"""Forms of sourced facts: the pages lie within the source, and the source may be implied by the page one is on."""

from foundations.admin import HouseForm

from ..models import Basis, Source

# Folded: asked last, and only of whoever wants to be precise.
PRECISIONS = (
    "Source et précisions",
    {"classes": ("collapse",), "fields": ("source", "pages", "basis", "basis_note")},
)


class SourcedForm(HouseForm):
    constraint_words = {"pages_within_source": "Une page citée n’est pas dans la source."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "basis" in self.fields:
            self.fields["basis"].required = False  # empty: said by the source

    def implied_source(self) -> Source | None:
        """The source of a row that names none; None where it has to be chosen."""
        return None

    def clean(self):
        cleaned = super().clean()
        if "basis" in self.fields and not cleaned.get("basis"):
            cleaned["basis"] = Basis.STATED
        if "source" not in cleaned and "source" in self.fields:
            return cleaned  # wrong, and already said
        source = cleaned.get("source") or self._kept_source() or self.implied_source()
        if "source" in self.fields:
            cleaned["source"] = source
        elif source is not None:
            self.instance.source = source
        if cleaned.get("pages"):
            self._check_pages(source, cleaned["pages"])
        return cleaned

    def _kept_source(self) -> Source | None:
        hidden = "source" not in self.fields and self.instance.source_id
        return self.instance.source if hidden else None

    def _check_pages(self, source: Source | None, pages: list[int]) -> None:
        count = source.page_count if source else None
        if not count:
            self.add_error(
                "pages", "La source n’a pas de nombre de pages\u00a0: indiquez-le d’abord dans sa fiche."
            )
        elif min(pages) < 1 or max(pages) > count:
            self.add_error("pages", f"La source a {count} page{'s' if count > 1 else ''}.")
