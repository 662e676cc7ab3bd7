"""Records of what was done: appended in the transaction that does it, never edited, never taken back.

Each belongs to one chain, that of its report, account, agency or division, which is extended under the lock that the act
holds anyway. The entry of the chain commits to salted digests of every column; content and salts lie in the record itself,
where a recorded take-down can erase them while the chain stays whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.record.digests import FIRST, digest, entry_hash, new_salt

BATCH_SIZE = 500


class Unchangeable(TypeError):
    """A record was to be edited or deleted: a mistake in the program, not of its user."""

    def __init__(self) -> None:
        super().__init__("A record says what happened; it is appended, never edited and never deleted.")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Reads and appends. The database has triggers that say the same (`agencies.record.triggers`)."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise Unchangeable

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable

    def delete(self) -> NoReturn:
        raise Unchangeable


class AppendOnly(models.Model):
    """The base of everything that stays as it was written."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable


class ActorMixin(models.Model):
    """By whom something was done, with the names as they were then, and when."""

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by_username = models.CharField(_("用户名"), max_length=150, blank=True, editable=False)
    made_by_name = models.CharField(_("姓名"), max_length=301, blank=True, editable=False)
    made_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.keep_names()
        super().save(*args, **kwargs)

    @property
    def made_by_label(self) -> str:
        """Who it was, as people called them then; empty where nobody did it."""
        return self.made_by_name or self.made_by_username

    def keep_names(self) -> None:
        """Writes down the names of today: an account may be renamed, what it did stays under its name."""
        if self.made_by:
            self.made_by_username, self.made_by_name = self.made_by.username, self.made_by.get_full_name()


class RecordHead(AppendOnly):
    """The signed head of one tree of entries; each commits to the one before."""

    number = models.PositiveIntegerField(_("序号"), primary_key=True)
    previous = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("条数"))
    sealed_at = models.DateTimeField(_("时间"), db_index=True)
    public_key = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        verbose_name = _("存证")
        verbose_name_plural = _("存证")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} · {self.hash}"


class RecordEntry(AppendOnly):
    """One link of a chain. `kind` and `record` name the row whose content it commits to, part by part, in `digests`.

    `head` is set once, when it is sealed; the leaves of a tree stand in the order of their keys.
    """

    chain = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    record = models.BigIntegerField()
    digests = models.JSONField()
    hash = models.CharField(max_length=64)
    head = models.ForeignKey(RecordHead, null=True, on_delete=models.PROTECT, related_name="entries")

    class Meta:
        verbose_name = _("存证条目")
        verbose_name_plural = _("存证条目")
        ordering = ["chain", "position"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="one_entry_per_chain_and_position"),
            models.UniqueConstraint(fields=["kind", "record"], name="one_entry_per_record"),
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(head=None), name="entry_unsealed")]

    def __str__(self) -> str:
        return f"{self.chain} · {self.position}"


class RecordQuerySet(AppendOnlyQuerySet):
    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        records = list(objs)
        for record in records:
            record.keep_names()
            record.add_salts()
        created = super().bulk_create(records, *args, **kwargs)
        extend_chains(created)
        return created

    def with_parts(self) -> RecordQuerySet:
        """With whatever else their parts are made of."""
        return self


class Record(AppendOnly, ActorMixin):
    """The base of every record of an act. Saving one extends its chain, so that no writer can forget to."""

    ERASABLE: tuple[str, ...] = ()
    """The columns that a take-down may empty."""

    salts = models.JSONField(default=dict, editable=False)

    objects = RecordQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.add_salts()
        super().save(*args, **kwargs)
        extend_chains([self])

    @property
    def chain(self) -> str:
        """The key of the chain; whoever saves holds the row that it names until the transaction ends."""
        raise NotImplementedError

    @classmethod
    def record_kind(cls) -> str:
        return cls._meta.label_lower

    def parts(self) -> dict[str, Any]:
        """What the entry commits to: every column, and what a kind of record adds."""
        columns = (field for field in self._meta.concrete_fields if field.name not in ("id", "salts"))
        return {field.attname: getattr(self, field.attname) for field in columns}

    def add_salts(self) -> None:
        self.salts = {name: new_salt() for name in self.parts()}


class Erasure(Record):
    """That parts of an entry's content, and their salts, were taken down: what was there cannot be told any more, that
    something was there can."""

    entry = models.ForeignKey(RecordEntry, on_delete=models.PROTECT, related_name="erasures")
    parts_erased = models.JSONField(_("内容"))
    reason = models.TextField(_("理由"))

    class Meta:
        verbose_name = _("撤除")
        verbose_name_plural = _("撤除")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.entry} · {'、'.join(self.parts_erased)}"

    @property
    def chain(self) -> str:
        return self.entry.chain


def extend_chains(records: Sequence[Record]) -> None:
    """Appends an entry for each, in two queries for however many of up to five hundred."""
    for start in range(0, len(records), BATCH_SIZE):
        some = records[start : start + BATCH_SIZE]
        last = _last_entries(list({record.chain for record in some}))
        entries = []
        for record in some:
            position, previous = last.get(record.chain, (0, FIRST))
            digests = {name: digest(name, value, record.salts[name]) for name, value in record.parts().items()}
            hashed = entry_hash(record.chain, position + 1, previous, record.record_kind(), digests)
            last[record.chain] = position + 1, hashed
            entries.append(
                RecordEntry(
                    chain=record.chain,
                    position=position + 1,
                    previous=previous,
                    kind=record.record_kind(),
                    record=record.pk,
                    digests=digests,
                    hash=hashed,
                )
            )
        RecordEntry.objects.bulk_create(entries)


def _last_entries(chains: list[str]) -> dict[str, tuple[int, str]]:
    entries = RecordEntry.objects.filter(chain__in=chains).order_by("position")
    # One chain, that of a report, may be long; many together are those of accounts, and short.
    found = entries.reverse()[:1] if len(chains) == 1 else entries
    return {chain: (position, hashed) for chain, position, hashed in found.values_list("chain", "position", "hash")}


def erase(record: Record, parts: Sequence[str], by: Any, reason: str) -> Erasure:
    """Takes parts of a record down for good: their columns are emptied, their salts forgotten, and that is recorded.

    Called in the transaction that holds what the chain belongs to. Parts that are no columns (`published.…`) are erased
    where they lie by who calls this.
    """
    entry = RecordEntry.objects.get(kind=record.record_kind(), record=record.pk)
    erasure = Erasure(entry=entry, parts_erased=sorted(parts), made_by=by, reason=reason)
    erasure.save()
    columns = {name: type(getattr(record, name))() for name in parts if name in record.ERASABLE}
    columns["salts"] = {name: salt for name, salt in record.salts.items() if name not in parts}
    type(record)._base_manager.filter(pk=record.pk).update(**columns)
    for name, value in columns.items():
        setattr(record, name, value)
    return erasure
