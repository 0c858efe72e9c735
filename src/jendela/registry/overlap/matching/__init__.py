"""Finding records that may be the same application, or applications that do the same.

    index = Index(records)
    for pair in index.pairs(): ...
    matches = index.check("SIMPEG", "Data pegawai", owner="BKPSDM")

Method and measures: docs/decisions/0007-overlap.md.
"""

from jendela.registry.overlap.matching.index import Index
from jendela.registry.overlap.matching.records import Match, Pair, PairKind, Record

__all__ = ["Index", "Match", "Pair", "PairKind", "Record"]
