"""The tables: one column per field of the value kept there, and what only the store needs.

Times are microseconds UTC, money is micro USD. Ids of a row that belongs to a project are always paired with that
project in the foreign key, so that no row can point into another project. ``seq`` is the order rows came in.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from memory.columns import counts, integers, jsons, of_project, same_project, seq, texts, versions_of

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

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
    *texts("text"),
    *texts("reply", nullable=True),
    *integers("created_us"),
    *integers("finished_us", nullable=True),
    UniqueConstraint("id"),
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
)

Index(
    "uq_decisions_open_per_shot",
    decisions.c.shot_id,
    unique=True,
    sqlite_where=text("answered_us IS NULL"),
    postgresql_where=text("answered_us IS NULL"),
)

prompts = Table(
    "prompts",
    metadata,
    Column("project_id", Text, ForeignKey("projects.id"), primary_key=True),
    Column("digest", Text, primary_key=True),
    *jsons("prompt"),
    *integers("created_us"),
    Index(None, "digest"),
)

routes = Table(
    "routes",
    metadata,
    seq(),
    of_project(),
    *texts("id", "shot_id", "model"),
    Column("chance", Double, nullable=False),
    *integers("cost_micro_usd"),
    *counts("seconds"),
    *jsons("reasons", "passed_over"),
    *integers("created_us"),
    UniqueConstraint("id"),
    UniqueConstraint("project_id", "id"),
    same_project("shot_id", "shots"),
    Index(None, "shot_id"),
)

jobs = Table(
    "jobs",
    metadata,
    seq(),
    of_project(),
    *texts("id", "shot_id", "route_id", "model"),
    *counts("attempt", "seconds"),
    *texts("state"),
    *integers("reserved_micro_usd", "created_us", "due_us"),
    *texts("vendor_id", nullable=True),
    *integers("sent_us", nullable=True),
    *texts("trouble", nullable=True),
    *texts("message"),
    *counts("tries"),
    UniqueConstraint("id"),
    UniqueConstraint("project_id", "id"),
    same_project("shot_id", "shots"),
    same_project("route_id", "routes"),
    Index(None, "shot_id"),
    Index(None, "state"),
)

receipts = Table(
    "receipts",
    metadata,
    Column("job_id", Text, primary_key=True),
    of_project(),
    *texts("prompt_digest"),
    *jsons("rendering"),
    *texts("model", "path"),
    # Text, not JSON: the audit compares it byte for byte.
    *texts("body", "sha256"),
    *jsons("style", "terms"),
    same_project("job_id", "jobs"),
    ForeignKeyConstraint(["project_id", "prompt_digest"], ["prompts.project_id", "prompts.digest"]),
)

takes = Table(
    "takes",
    metadata,
    seq(),
    of_project(),
    *texts("id", "shot_id", "job_id"),
    *counts("number"),
    *texts("model", "prompt_digest"),
    *counts("style_version", "negative_version"),
    *texts("clip", "sha256"),
    *integers("bytes"),
    Column("sandbox", Boolean, nullable=False),
    *integers("created_us", "cost_micro_usd"),
    *counts("revision"),
    *integers("seed", nullable=True),
    UniqueConstraint("id"),
    UniqueConstraint("job_id"),
    UniqueConstraint("shot_id", "number"),
    same_project("shot_id", "shots"),
    same_project("job_id", "jobs"),
    ForeignKeyConstraint(["project_id", "prompt_digest"], ["prompts.project_id", "prompts.digest"]),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("take_id", Text, ForeignKey("takes.id"), primary_key=True),
    *texts("decision"),
    *jsons("findings", "footage"),
    *texts("reason"),
    *jsons("hints", "nobody_looked"),
    *integers("decided_us"),
)

trials = Table(
    "trials",
    metadata,
    seq(),
    of_project(),
    Column("take_id", Text, ForeignKey("takes.id"), nullable=False),
    *texts("shot_id", "model"),
    *counts("nth_here"),
    *jsons("layers", "features"),
    UniqueConstraint("take_id"),
    same_project("shot_id", "shots"),
    Index(None, "project_id", "seq"),
)

entries = Table(
    "ledger_entries",
    metadata,
    seq(),
    of_project(),
    Column("take_id", Text, ForeignKey("takes.id"), nullable=False),
    *texts("shot_id", "model", "term", "layer"),
    *texts("channel", nullable=True),
    *texts("sight"),
    same_project("shot_id", "shots"),
    Index(None, "project_id"),
    Index(None, "take_id"),
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
