"""The tables of what the eyes learn from and have learned: scores, looks, labels, and a film's calibrations.

The rules of `memory.tables` hold here too.
"""

from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, Table, Text, UniqueConstraint

from memory.columns import counts, integers, jsons, metadata, of_project, same_project, seq, texts, versions_of

scores = Table(
    "scores",
    metadata,
    seq(),
    of_project(),
    Column("take_id", Text, ForeignKey("takes.id"), nullable=False),
    *texts("check"),
    *jsons("terms"),
    *texts("grade", "sight"),
    *counts("lines"),
    *(Column(name, Double, nullable=True) for name in ("value", "guard", "threshold")),
    Index(None, "project_id", "seq"),
    Index(None, "take_id"),
)

looks = Table(
    "looks",
    metadata,
    seq(),
    of_project(),
    Column("take_id", Text, ForeignKey("takes.id"), nullable=False),
    *texts("kind"),
    *jsons("numbers"),
    UniqueConstraint("take_id"),
    Index(None, "project_id", "seq"),
)

labels = Table(
    "labels",
    metadata,
    seq(),
    of_project(),
    Column("take_id", Text, ForeignKey("takes.id"), nullable=False),
    *texts("shot_id"),
    Column("accepted", Boolean, nullable=False),
    *jsons("terms"),
    *integers("given_us"),
    UniqueConstraint("take_id"),
    same_project("shot_id", "shots"),
    Index(None, "project_id", "seq"),
)

calibrations = Table(
    "calibrations",
    metadata,
    *versions_of(*jsons("limits", "mistakes"), *jsons("style", nullable=True)),
)
