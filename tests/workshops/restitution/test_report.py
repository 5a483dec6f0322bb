"""The report of 2022, written as a document and read back: nobody and nothing is lost on the way."""

from collections import Counter

from foundations.text import sort_key
from foundations.typography import typeset
from tests.directory.report import PARTICIPANTS, LoadedReport
from workshops.models import Workshop
from workshops.notes import read_notes_file
from workshops.restitution.content import restitution_of
from workshops.restitution.word import as_docx
from workshops.roster import read_file


class TestTheReport(LoadedReport):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.workshop = Workshop.objects.told().get()
        cls.told = restitution_of(cls.workshop)
        cls.document = as_docx(cls.told, "https://passerelles.example/")

    def test_every_participant_comes_back_once_with_their_presence(self):
        read = read_file("restitution.docx", self.document)
        listed = {person["person_name"]: person["status"] for person in PARTICIPANTS}
        assert Counter(sort_key(one.person_name) for one in read) == Counter(map(sort_key, listed))
        assert {sort_key(one.person_name): one.status for one in read} == {
            sort_key(name): status for name, status in listed.items()
        }

    def test_each_has_the_same_organisations_or_is_flagged(self):
        written = {
            sort_key(one.name): one.organisation.replace("\u202f", " ")
            for group in self.told.groups
            for one in group.people
        }
        read = read_file("restitution.docx", self.document)
        wrong = [
            (one.person_name, one.organisation, written[sort_key(one.person_name)])
            for one in read
            if not one.needs_review
            and sort_key(one.organisation or "") != sort_key(written[sort_key(one.person_name)])
        ]
        assert wrong == []
        assert sum(one.needs_review for one in read) <= 3

    def test_every_finding_comes_back(self):
        proposals = read_notes_file("restitution.docx", self.document).proposals
        read = [
            (one.kind, one.statement, one.points, one.quotation, one.pages, sort_key(one.session))
            for one in proposals
        ]
        written = [
            (
                each.kind,
                typeset(each.statement),
                tuple(map(typeset, each.points)),
                typeset(each.quotation),
                tuple(sorted(each.pages)),
                sort_key(each.session.title) if each.session else "",
            )
            for each in self.workshop.findings.select_related("session")
        ]
        assert Counter(read) == Counter(written)
