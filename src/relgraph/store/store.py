"""Store: an adapter's store with all that is done to one.

Which types are read, how rows are ordered and what a write changes is decided once, above the
adapters; the methods here lead there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace as replaced
from importlib import import_module
from typing import TYPE_CHECKING, Unpack

from relgraph.errors import WriteFailed
from relgraph.progress import SILENT, Progress
from relgraph.result import Result
from relgraph.settings import Changes, RankingSettings, settle
from relgraph.store.base import BaseStore
from relgraph.store.records import ImportRecord, KeptText, WriteSummary
from relgraph.store.snapshots import Snapshots

if TYPE_CHECKING:
    from relgraph.dataset import Dataset
    from relgraph.network import Network
    from relgraph.store.edits import Edits
    from relgraph.store.sameness import Sameness


class Store(BaseStore):
    """A property graph of stakeholders; use it as a context manager.

    Parameters
    ----------
    url : str
        A path or a server's address, without any password.
    write : bool
        Whether the store may be changed; a missing one then reads as empty.

    Raises
    ------
    StoreNotFound, StoreLocked, NotADatabase, UnsupportedVersion, StoreUnavailable
        It can't be opened.
    """

    def create_schema(self) -> None:
        """Create the store, with all known types and properties, if it is missing."""
        from relgraph.dataset import Dataset

        self.write(Dataset())

    def read_stakeholders(self, properties: Sequence[str]) -> Result:
        """Return `id` and these properties of every stakeholder, ordered by id.

        A property that the store doesn't have is a column of missing values.
        """
        from relgraph.store.fetch import read_stakeholders

        return read_stakeholders(self.graph(), properties)

    def read_relationships(self, types: Sequence[str] | None, properties: Sequence[str]) -> Result:
        """Return `source`, `target`, `type` and these properties of relationships.

        `types` None means every type but CONTACTED. A property that a type doesn't have is
        missing. Ordered by type, source, target; the contacts of a pair by time.
        """
        from relgraph.store.fetch import read_relationships

        return read_relationships(self.graph(), types, properties)

    def network(
        self, settings: RankingSettings | None = None, **changes: Unpack[Changes]
    ) -> Network:
        """Return the network that settings ask for, as every ranking reads it.

        Parameters
        ----------
        settings, **changes
            Which network (`relgraph.RankingSettings`), or single settings by name.
        """
        # By name: reading a network is the business of a room above, where this method is of use.
        firm = import_module("relgraph.firm")
        network: Network = firm.read_network(self, settle(settings, changes))
        return network

    def write(
        self,
        dataset: Dataset,
        *,
        replace: bool = False,
        clear: Sequence[str] = (),
        edits: Edits | None = None,
        record: ImportRecord | None = None,
        texts: Mapping[KeptText, str] | None = None,
        batched: bool = False,
        keep: int | None = None,
        snapshots: Snapshots | None = None,
        same: Sameness | None = None,
        progress: Progress = SILENT,
    ) -> WriteSummary:
        """Merge a dataset into the store, whole or not at all.

        A row is matched by its key (`model.KEYS`); a column that is absent and a cell that is
        missing leave what is stored.

        Parameters
        ----------
        dataset : Dataset
            What to write; it has been validated against this store.
        replace : bool
            Make the store hold exactly this dataset; its settings stay if the dataset has none.
        clear : sequence of str
            Stakeholder properties to empty everywhere before writing.
        edits : Edits, optional
            Rows to delete, and values of rows to empty, before writing.
        record : ImportRecord, optional
            Kept in the store as its last import.
        texts : mapping of name to str, optional
            Kept in the store: which rows came from which file and source (`store.provenance`,
            `store.sources`).
        batched : bool
            On a server, write in many transactions, for what is too large for one: marked as
            incomplete until the last, and completed by the same call again. An embedded store
            is written whole in any case.
        keep : int, optional
            Keep a snapshot of what is replaced, if anything is, and the newest so many together.
        snapshots : Snapshots, optional
            Keep these instead of those that there are.
        same : Sameness, optional
            Hold these as one from now on, and part all others that were joined.
        progress : Progress
            Reports the rows written.

        Raises
        ------
        InvalidInput
            A name that no store can keep, or a property that is stored with another type.
        WriteFailed, StoreLocked, StoreUnavailable
            Nothing was written; or, when `batched`, a part, as the message says.
        """
        from relgraph.store.merge import merge
        from relgraph.store.parting import parted

        self._check_writable()
        settings = dataset.settings
        if settings is None and replace:
            settings = self.read_settings().text
        emptied: Mapping[KeptText, str] = {"rows": "", "sources": ""} if replace else {}
        with self.change(dataset, replace=replace, record=record, batched=batched) as draft:
            with parted(self.graph(), draft, same, replace=replace, batched=batched):
                if clear:
                    from relgraph.store.removal import clear_properties

                    clear_properties(draft, clear)
                if edits:
                    edits.apply(draft)
                summary = merge(draft, draft, dataset, progress)
            summary = replaced(summary, taken=len(edits or ()))
            if settings is not None:
                draft.write_text("settings", settings)
            for name, text in {**emptied, **(texts or {})}.items():
                draft.write_text(name, text)
            if record is not None:
                draft.write_record(record.to_json())
            draft.snapshots = snapshots
            keeping = None
            if keep is not None and not batched and self.keeps_snapshots():
                from relgraph.store.keeping import Keeping

                keeping = Keeping(self, keep)
                keeping.begin(draft, record, summary, replace=replace)
        return summary if keeping is None else keeping.tell(draft, summary)

    def count_changes(
        self, dataset: Dataset, *, replace: bool = False, progress: Progress = SILENT
    ) -> WriteSummary:
        """Return what `write` would do, and store nothing."""
        from relgraph.store.merge import merge

        return merge(None if replace else self.graph(), None, dataset, progress)

    def remove(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Delete stakeholders with all their ties, whole or not at all.

        References to them are emptied, and no snapshot, record or page that the store keeps holds
        them any more. Returns how many `stakeholders`, `relationships` and `interactions` went,
        and from how many `snapshots`.
        """
        from relgraph.store.removal import remove_stakeholders

        self._check_writable()
        with self.wiping():
            return remove_stakeholders(self, ids)

    def _check_writable(self) -> None:
        self.check_open()
        if not self.writable:
            raise WriteFailed("store.read_only", url=self.url)
