"""From the pieces that belong to one person to one entry, with every doubt written down."""

from dataclasses import dataclass, field

from . import organisations as orgs
from . import words
from .entries import Affiliation, Alternative, Entry
from .names import Name
from .pieces import Kind, Piece
from .roles import Split
from .statuses import Said

WHY_SPLIT = "Où finit la fonction, où commence l’organisme\u202f?"
WHY_SEVERAL = "Plusieurs appartenances\u202f: à quel titre cette personne était-elle là\u202f?"
WHY_UNKNOWN = "Mots que la lecture ne reconnaît pas"
WHY_TWO = "Deux organismes à la suite"
WHY_NAME = "Est-ce bien un nom de personne\u202f?"
WHY_INCOMPLETE = "Nom incomplet"
WHY_PLACE = "Lieu ou organisme\u202f?"
WHY_SESSION = "Rôle pendant l’atelier ou fonction\u202f?"
WHY_STATUS = "Présence à vérifier"
WHY_LONG = "Trop de mentions pour une seule personne"
MOST_PIECES = 40  # beyond, it is no entry, and each doubt would cost the reading of all the others
WHY_GLUED = "Nom et suite sans séparateur"
WHY_DEDUCED = "L’organisme n’est pas écrit"


@dataclass
class _Capacity:
    """An affiliation being read."""

    role: str | None = None
    units: list[str] = field(default_factory=list)
    organisation: str | None = None
    autonomous: bool = False
    territory: str | None = None
    pending: Split | None = None
    last: Kind | None = None

    def frozen(self) -> Affiliation:
        return Affiliation(self.role, ", ".join(self.units) or None, self.organisation, self.territory)

    def empty(self) -> bool:
        return not (self.role or self.units or self.organisation or self.territory)


class Assembly:
    """Takes pieces one by one, then gives the entry."""

    def __init__(self) -> None:
        self._all = [_Capacity()]
        self._doubts: list[Alternative] = []
        self._status: str | None = None
        self._session: str | None = None

    @property
    def _now(self) -> _Capacity:
        return self._all[-1]

    def _doubt(self, reason: str, **changes: str | None) -> None:
        self._doubts.append(Alternative(reason, tuple(sorted(changes.items()))))

    def take(self, piece: Piece, organisation_later: bool) -> None:
        """One more piece; `organisation_later`: whether a sure organisation comes after it."""
        taker = getattr(self, f"_take_{piece.kind.value}")
        taker(piece, organisation_later)
        if piece.kind not in (Kind.SAID, Kind.PLACE):
            self._now.last = piece.kind

    def _take_role(self, piece: Piece, _later: bool) -> None:
        split = piece.split or Split(piece.text)
        now = self._now
        follows = now.organisation and (now.role or split.organisation or split.territory)
        if (
            follows
            or (now.role and piece.before in ("/", "et") and now.pending and now.pending.organisation)
            or (
                now.role
                and now.pending
                and now.pending.organisation
                and now.pending.sure
                and now.pending.strong
            )
        ):
            self._settle()
            self._all.append(_Capacity())
        now = self._now
        joint = {"/": " / ", "et": " et "}.get(piece.before, ", ")
        prefix = f"{now.role}{joint}" if now.role else ""
        if split.firm and (split.organisation or split.territory):
            now.role = prefix + split.role
            now.organisation = now.organisation or split.organisation
            now.territory = split.territory or now.territory
            self._doubt_split(split, prefix + piece.text)
            now.pending = None
        else:
            now.role = prefix + piece.text
            now.pending = Split(
                prefix + split.role, split.organisation, split.territory, False, split.sure, split.strong
            )

    def _doubt_split(self, split: Split, whole: str) -> None:
        if split.sure:
            return
        if split.organisation is None:
            self._doubt(WHY_DEDUCED, organisation=split.territory)
        else:
            self._doubt(WHY_SPLIT, role=whole, organisation=None)

    def _take_organisation(self, piece: Piece, _later: bool) -> None:
        now = self._now
        if now.organisation is None:
            self._set_organisation(piece.text, piece.autonomous)
            if not piece.sure:
                self._doubt(WHY_UNKNOWN, organisation=None, role=piece.text)
        elif piece.before == "/" and not now.autonomous:
            self._settle()
            self._all.append(_Capacity(organisation=piece.text, autonomous=piece.autonomous))
        elif now.autonomous:
            now.units.append(now.organisation)
            now.organisation, now.autonomous = piece.text, piece.autonomous
        elif piece.autonomous and not now.units:
            now.units.append(piece.text)
        else:
            self._doubt(WHY_TWO, organisation=piece.text)
            self._doubt(WHY_TWO, organisation=piece.text, unit=now.organisation)
        now.territory = now.territory or piece.territory

    def _set_organisation(self, text: str, autonomous: bool = False) -> None:
        now = self._now
        pending = now.pending
        if pending and pending.organisation and pending.strong and pending.sure:
            self._doubt(WHY_TWO, role=pending.role, organisation=pending.organisation)
        now.organisation, now.autonomous, now.pending = text, autonomous, None

    def _take_unit(self, piece: Piece, _later: bool) -> None:
        now = self._now
        now.units.append(piece.text)
        if piece.organisation and not now.organisation:
            self._set_organisation(piece.organisation)
            if not piece.sure:
                self._doubt(WHY_SPLIT, unit=f"{piece.text} {piece.organisation}", organisation=None)
        elif piece.organisation:
            self._doubt(WHY_TWO, organisation=piece.organisation)

    def _take_matter(self, piece: Piece, later: bool) -> None:
        now = self._now
        if now.last is Kind.ROLE and now.role and not now.organisation:
            now.role = f"{now.role}, {piece.text}"
            if now.pending:
                now.pending = None
            if not later:
                self._doubt(WHY_SPLIT, role=now.role[: -len(piece.text) - 2], organisation=piece.text)
        elif now.last is Kind.UNIT and now.units:
            now.units[-1] = f"{now.units[-1]}, {piece.text}"
        else:
            now.units.append(piece.text)
            if not now.organisation:
                self._doubt(WHY_UNKNOWN, unit=None, organisation=piece.text)
            self._doubt(WHY_UNKNOWN, unit=None, role=piece.text)

    def _take_more(self, piece: Piece, _later: bool) -> None:
        now = self._now
        if now.last in (Kind.ROLE, Kind.MATTER, Kind.MORE) and now.role and not now.organisation:
            now.role, now.pending = f"{now.role}, {piece.text}", None
        elif now.last is Kind.UNIT and now.units:
            now.units[-1] = f"{now.units[-1]}, {piece.text}"
        elif now.organisation:
            before = now.organisation
            now.organisation = f"{before}, {piece.text}"
            self._doubt(WHY_UNKNOWN, organisation=before)
        elif now.role:
            self._doubt(WHY_UNKNOWN, role=f"{now.role}, {piece.text}")
        else:
            self._take_unknown(piece, False)

    def _take_place(self, piece: Piece, later: bool) -> None:
        now = self._now
        if now.role and not now.organisation and words.of_a_place()[0].whole(words.tokens(now.role)):
            now.organisation = now.territory = piece.text
        elif now.territory is None:
            now.territory = piece.text
            if not now.organisation and not later and not (now.pending and now.pending.organisation):
                self._doubt(WHY_PLACE, organisation=piece.text, territory=None)
        elif words.fold(now.territory) != words.fold(piece.text):
            self._doubt(WHY_PLACE, territory=piece.text)

    def _take_said(self, piece: Piece, _later: bool) -> None:
        said = piece.said or Said()
        if said.status:
            if self._status and self._status != said.status:
                self._doubt(WHY_STATUS, status=said.status)
            self._status = self._status or said.status
            if not said.sure:
                self._doubt(WHY_STATUS, status="unknown")
        if said.session_role:
            self._session = self._session or said.session_role
            if not said.sure:
                self._doubt(WHY_SESSION, session_role=None, role=said.session_role)

    def _take_name(self, piece: Piece, later: bool) -> None:
        self._take_unknown(piece, later)
        if piece.name and piece.name.strength > 1:
            self._doubt(WHY_NAME, person_name=piece.name.text)

    def _take_unknown(self, piece: Piece, later: bool) -> None:
        now, text = self._now, piece.text
        capital = text[:1].isupper() or text[:1].isdigit()
        if now.organisation:
            if not now.territory and capital:
                now.territory = text
                self._doubt(WHY_UNKNOWN, territory=None, unit=text)
            else:
                self._doubt(WHY_UNKNOWN, unit=text)
        elif later:
            self._unknown_before_organisation(text)
        else:
            role_said = now.role is not None and not (
                now.pending and now.pending.organisation and now.pending.strong
            )
            sure = role_said and capital and not orgs.shouting(text)
            several = len(text.split()) > 1 and piece.sure and piece.kind is Kind.UNKNOWN
            if now.units and now.organisation is None and not role_said:
                several = several and capital
            self._set_organisation(text)
            if not sure and not several:
                self._doubt(WHY_UNKNOWN, organisation=None, territory=text)
                self._doubt(WHY_UNKNOWN, organisation=None, role=f"{now.role}, {text}" if now.role else text)

    def _unknown_before_organisation(self, text: str) -> None:
        now = self._now
        if now.role is None:
            now.role = text
            self._doubt(WHY_UNKNOWN, role=None, unit=text)
        else:
            now.units.append(text)
            self._doubt(WHY_UNKNOWN, role=f"{now.role}, {text}", unit=None)

    def _settle(self) -> None:
        """Takes the split put off, now that no organisation followed."""
        now = self._now
        pending, now.pending = now.pending, None
        if pending and now.organisation is None and (pending.organisation or pending.territory):
            whole = now.role
            now.role, now.organisation = pending.role, pending.organisation
            now.territory = now.territory or pending.territory
            if not pending.sure:
                self._doubt_split(pending, whole or pending.role)

    def entry(self, name: Name | None, status: str, session_role: str | None) -> Entry:
        """The entry read, `status` and `session_role` being those of the section."""
        self._settle()
        kept = [capacity.frozen() for capacity in self._all if not capacity.empty()]
        first = kept[0] if kept else Affiliation()
        entry = Entry(
            person_name=name.text if name else None,
            role=first.role,
            unit=first.unit,
            organisation=first.organisation,
            territory=first.territory,
            status=self._status or status,
            session_role=self._session or session_role,
            affiliations=tuple(kept),
        )
        if self._status == "present" and status in ("excused", "absent", "represented"):
            entry = entry.doubted(WHY_STATUS, status=status)
        for other in kept[1:]:
            entry = entry.doubted(
                WHY_SEVERAL,
                role=other.role,
                unit=other.unit,
                organisation=other.organisation,
                territory=other.territory,
            )
        if entry.unit and not entry.organisation and orgs.names_itself(entry.unit):
            entry = entry.doubted(WHY_UNKNOWN, unit=None, organisation=entry.unit)
        for doubt in self._doubts:
            entry = entry.doubted(doubt.reason, **dict(doubt.changes))
        return entry


def assemble(name: Name | None, pieces: list[Piece], status: str, session_role: str | None) -> Entry:
    """The entry of `name` (None: nobody named) from `pieces`, in the order listed."""
    assembly = Assembly()
    if len(pieces) > MOST_PIECES:
        return assemble(name, pieces[:MOST_PIECES], status, session_role).doubted(
            WHY_LONG, role=None, organisation=None
        )
    later = [False] * len(pieces)
    seen = False
    for index in range(len(pieces) - 1, -1, -1):
        later[index] = seen
        piece = pieces[index]
        seen = seen or (piece.kind is Kind.ORGANISATION and piece.sure) or bool(piece.organisation)
    for piece, organisation_later in zip(pieces, later, strict=True):
        assembly.take(piece, organisation_later)
    entry = assembly.entry(name, status, session_role)
    if any(piece.before == " " and not piece.sure for piece in pieces):
        entry = entry.doubted(WHY_GLUED, role=None, organisation=None)
    return _name_doubts(entry, name, pieces)


def _name_doubts(entry: Entry, name: Name | None, pieces: list[Piece]) -> Entry:
    if name is None:
        unknown = [piece.text for piece in pieces if piece.kind is Kind.UNKNOWN]
        return entry.doubted(WHY_UNKNOWN, organisation=None, person_name=unknown[0]) if unknown else entry
    if name.incomplete:
        title = f"{name.civility} {name.text}" if name.civility and not name.plural else name.text
        return entry.doubted(WHY_INCOMPLETE, person_name=title)
    backed = any(piece.kind is Kind.ROLE for piece in pieces)
    if name.strength < 2 and not backed:
        return entry.doubted(WHY_NAME, person_name=None, organisation=name.text)
    if name.strength == 2 and name.order == "family" and not pieces:
        return entry.doubted(
            WHY_NAME, person_name=name.swapped or " ".join(reversed(name.text.split(" ", 1)))
        )
    return entry
