"""Forms of the ground floor."""

from django import forms

LARGEST = 1_000_000  # bytes: all the parks and PETR of France fit ten times

HELP = (
    "Colonnes : code, nom, nature, membres et, si besoin, declaration, etendue, source. Les membres sont des codes "
    "séparés par des espaces : cinq caractères pour une commune, neuf chiffres pour une intercommunalité, "
    "deux ou trois pour un département."
)


class SetsForm(forms.Form):
    """A CSV of sets of communes, sent as a file or pasted; `cleaned_data["text"]` holds it either way."""

    file = forms.FileField(label="Fichier CSV", required=False, help_text=HELP)
    text = forms.CharField(
        label="ou son contenu",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise forms.ValidationError("Ce fichier dépasse un million d’octets : est-ce bien le bon ?")
        return file

    def clean(self):
        cleaned = super().clean()
        if file := cleaned.get("file"):
            cleaned["text"] = decoded(file.read())
        if not self.errors and not cleaned.get("text", "").strip():
            raise forms.ValidationError("Choisissez un fichier, ou collez son contenu.")
        return cleaned


def decoded(data: bytes) -> str:
    """Text of a spreadsheet's CSV: UTF-8, or what Windows writes."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
