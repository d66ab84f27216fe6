"""The tables of the film: one column per field of the value kept there, and what only the store needs.

What is ordered and comes back stands in `memory.production`.

Times are microseconds UTC, money is micro USD. Ids of a row that belongs to a project are always paired with that
project in the foreign key, so that no row can point into another project. ``seq`` is the order rows came in.
"""

from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, false, text

from memory.columns import counts, integers, jsons, metadata, of_project, same_project, seq, texts, versions_of

projects = Table(
    "projects",
    metadata,
    seq(),
    *texts("id", "name"),
    *jsons("ceilings"),
    *texts("ratio"),
    Column("seconds", Double, nullable=False),
    *jsons("excluded"),
    Column("plan_first", Boolean, nullable=False, server_default=false()),
    *jsons("reference_rules"),
    *integers("created_us"),
    *integers("paused_us", nullable=True),
    UniqueConstraint("id"),
    UniqueConstraint("name"),
)

style_blocks = Table(
    "style_blocks",
    metadata,
    *versions_of(*texts("text", "motion")),
)

negative_blocks = Table(
    "negative_blocks",
    metadata,
    *versions_of(*jsons("format", "anatomy", "quality")),
)

references = Table(
    "project_references",
    metadata,
    seq(),
    of_project(),
    *texts("id", "label"),
    *jsons("use", "ignore"),
    *texts("role", "file", "note"),
    *integers("width", "height"),
    *jsons("known_as"),
    *integers("created_us"),
    Index(None, "project_id", "seq"),
)

conversations = Table(
    "conversations",
    metadata,
    seq(),
    of_project(),
    *texts("id", "door"),
    *integers("created_us"),
    UniqueConstraint("id"),
    UniqueConstraint("project_id", "id"),
)

turns = Table(
    "turns",
    metadata,
    seq(),
    *texts("id"),
    Column("conversation_id", Text, ForeignKey("conversations.id"), nullable=False),
    *texts("text", "said_by"),
    *texts("reply", nullable=True),
    *integers("created_us"),
    *integers("finished_us", nullable=True),
    UniqueConstraint("id"),
    Index(None, "conversation_id", "seq"),
)

Index(
    "ix_turns_unanswered",
    turns.c.seq,
    sqlite_where=text("reply IS NULL"),
    postgresql_where=text("reply IS NULL"),
)

shots = Table(
    "shots",
    metadata,
    seq(),
    of_project(),
    *texts("id", "conversation_id"),
    *counts("number", "revision"),
    *jsons("sheet"),
    *texts("status"),
    *jsons("wishes", "exempt", "references"),
    *texts("picked_take_id", nullable=True),
    *texts("because"),
    Column("omitted", Boolean, nullable=False, server_default=false()),
    *integers("created_us"),
    UniqueConstraint("id"),
    UniqueConstraint("project_id", "id"),
    UniqueConstraint("project_id", "number"),
    same_project("conversation_id", "conversations"),
    Index(None, "status"),
)

sheets = Table(
    "sheet_history",
    metadata,
    Column("shot_id", Text, ForeignKey("shots.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    *jsons("sheet"),
    *integers("replaced_us"),
)

changes = Table(
    "changes",
    metadata,
    seq(),
    *texts("project_id", "conversation_id"),
    Column("turn_id", Text, ForeignKey("turns.id"), nullable=False),
    *texts("act", "of", "subject", "subject_id"),
    *jsons("before", nullable=True),
    *jsons("after"),
    *integers("changed_us"),
    same_project("conversation_id", "conversations"),
    Index(None, "project_id", "seq"),
)

inquiries = Table(
    "inquiries",
    metadata,
    seq(),
    *texts("id"),
    Column("conversation_id", Text, ForeignKey("conversations.id"), nullable=False),
    *texts("kind"),
    *jsons("question"),
    *jsons("answer", nullable=True),
    *integers("created_us"),
    *integers("answered_us", nullable=True),
    UniqueConstraint("id"),
    Index(None, "conversation_id"),
)

decisions = Table(
    "decisions",
    metadata,
    seq(),
    of_project(),
    *texts("id", "shot_id", "kind"),
    *jsons("question"),
    *jsons("answer", nullable=True),
    *integers("created_us"),
    *integers("answered_us", nullable=True),
    UniqueConstraint("id"),
    same_project("shot_id", "shots"),
    Index(None, "project_id", "seq"),
)

Index(
    "uq_decisions_open_per_shot",
    decisions.c.shot_id,
    unique=True,
    sqlite_where=text("answered_us IS NULL"),
    postgresql_where=text("answered_us IS NULL"),
)

events = Table(
    "events",
    metadata,
    seq("number"),
    of_project(),
    *texts("conversation_id", "what"),
    *jsons("data"),
    *integers("at_us"),
    *texts("shot_id", nullable=True),
    Column("turn_id", Text, ForeignKey("turns.id"), nullable=True),
    same_project("conversation_id", "conversations"),
    same_project("shot_id", "shots"),
    Index(None, "conversation_id", "number"),
    Index(None, "project_id", "number"),
    # A number that was given out never comes back, so a door may resume from it.
    sqlite_autoincrement=True,
)

leases = Table(
    "leases",
    metadata,
    Column("key", Text, primary_key=True),
    *texts("holder", nullable=True),
    *integers("fence", "until_us"),
)

errands = Table(
    "errands",
    metadata,
    seq("number"),
    *texts("task", "subject_id", "line"),
    *texts("holder", nullable=True),
    *integers("until_us"),
    *counts("taken"),
    *integers("given_us"),
    Index(None, "line", "number"),
    Index(None, "subject_id"),
)

grants = Table(
    "grants",
    metadata,
    seq(),
    *texts("name", "key"),
    *texts("role", nullable=True),
    Column("project_id", Text, ForeignKey("projects.id"), nullable=True),
    *texts("by"),
    *integers("given_us"),
)
