"""The tables of production: prompts, routes, jobs with their receipts, takes, verdicts, and the ledger of terms.

The rules of `memory.tables` hold here too.
"""

from sqlalchemy import Boolean, Column, Double, ForeignKey, ForeignKeyConstraint, Index, Table, Text, UniqueConstraint

from memory.columns import counts, integers, jsons, metadata, of_project, same_project, seq, texts

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
    *jsons("reasons", "passed_over", "figures"),
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
    Index(None, "project_id", "shot_id"),
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
    Index(None, "project_id", "seq"),
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
