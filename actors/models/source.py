"""Where a fact comes from: a source, and the columns that tie a statement to a page of it."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from foundations.models import Dated
from foundations.typography import day_in_words


class SourceKind(models.TextChoices):
    REPORT = "report", "compte rendu"
    WORKSHOP = "workshop", "atelier"
    SELF_DECLARATION = "self", "déclaration de l’acteur"
    WEBSITE = "website", "site web"
    IMPORT = "import", "import"


class SourceManager(models.Manager):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Source(Dated):
    """A document or a declaration that states facts."""

    title = models.CharField("titre", max_length=300)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    kind = models.CharField("genre", max_length=10, choices=SourceKind)
    date = models.DateField("date", null=True, blank=True)
    publisher = models.CharField("éditeur", max_length=300, blank=True)
    licence = models.CharField("licence", max_length=120, blank=True)
    page_count = models.PositiveSmallIntegerField("nombre de pages", null=True, blank=True)
    url = models.URLField("adresse web", max_length=500, blank=True)
    note = models.TextField("note", blank=True, help_text="Ce qu’il faut savoir pour lire cette source.")

    objects = SourceManager()

    class Meta:
        verbose_name = "source"
        verbose_name_plural = "sources"
        ordering = ["-date", "title"]
        constraints = [
            models.CheckConstraint(condition=Q(page_count__gt=0), name="source_has_pages"),
        ]
        triggers = [
            # The other half of the check that each fact makes on its own pages: a source may not shrink under them.
            pgtrigger.Trigger(
                name="pages_stay_within",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("page_count"),
                declare=[("fact", "record"), ("found", "boolean")],
                func="""
                FOR fact IN
                  SELECT c.conrelid::regclass AS name FROM pg_constraint c
                  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attname = 'pages' AND NOT a.attisdropped
                  WHERE c.contype = 'f' AND c.confrelid = TG_RELID
                LOOP
                  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s f, unnest(f.pages) p
                                  WHERE f.source_id = $1 AND p > coalesce($2, 0))', fact.name)
                    INTO found USING NEW.id, NEW.page_count;
                  IF found THEN
                    RAISE EXCEPTION 'la table % cite des pages au-delà de %', fact.name, NEW.page_count
                      USING ERRCODE = 'check_violation', CONSTRAINT = 'pages_within_source';
                  END IF;
                END LOOP;
                RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return self.title

    @property
    def short_title(self) -> str:
        """« Compte rendu du 4 juillet 2022 », for a line under each fact; the whole title where there is no date."""
        kind = self.get_kind_display()
        return f"{kind[0].upper()}{kind[1:]} du {day_in_words(self.date)}" if self.date else self.title

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("source", kwargs={"slug": self.slug})


class Basis(models.TextChoices):
    STATED = "stated", "dit par la source"
    DEDUCED = "deduced", "déduit de la source"
    EXTERNAL = "external", "connaissance extérieure, à vérifier"
    UNCERTAIN = "uncertain", "incertain"


def pages_within_source() -> pgtrigger.Trigger:
    """Trigger for a table of sourced facts: each page lies between 1 and the source's page count.

    The lock on the source makes a concurrent change of its page count wait.
    """
    return pgtrigger.Trigger(
        name="pages_within_source",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("pages", "source_id"),
        condition=pgtrigger.Condition("cardinality(NEW.pages) > 0"),
        declare=[("last_page", "integer")],
        func="""
        SELECT page_count INTO last_page FROM actors_source WHERE id = NEW.source_id FOR SHARE;
        IF EXISTS (SELECT 1 FROM unnest(NEW.pages) p WHERE p < 1 OR p > coalesce(last_page, 0)) THEN
          RAISE EXCEPTION 'page hors de la source (% pages)', coalesce(last_page, 0)
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pages_within_source';
        END IF;
        RETURN NEW;
        """,
    )


class Sourced(models.Model):
    """One statement by one source. Another source that says the same is another row."""

    source = models.ForeignKey(Source, models.PROTECT, verbose_name="source", related_name="+")
    pages = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name="pages",
        default=list,
        blank=True,
        help_text="Numéros séparés par des virgules.",
    )
    basis = models.CharField("fondement", max_length=9, choices=Basis, default=Basis.STATED)
    basis_note = models.CharField("précision sur le fondement", max_length=300, blank=True)
    observed_on = models.DateField(
        "constaté le", null=True, blank=True, help_text="À défaut, la date de la source."
    )

    class Meta:
        abstract = True
        triggers = [pages_within_source()]

    @property
    def seen_on(self):
        """The day on which this was true as far as is known: a date, or None."""
        return self.observed_on or self.source.date
