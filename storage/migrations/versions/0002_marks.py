"""People and their roles, the record of events, evidence, and durable traffic.

Means of before keep their due day as the signed one, and count as never touched by an event.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"

ROLES = "'reader', 'focal', 'follow_up', 'admin'"
NOTHING_YET = "0" * 64  # the hash before the first event
BUILT_ANEW = {"sqlite_autoincrement": True}  # SQLite alters a table by building it anew

SQLITE_TRIGGER = """
CREATE TRIGGER events_no_{verb} BEFORE {verb} ON events
BEGIN SELECT RAISE(ABORT, 'events are only added'); END
"""
SQLITE_REPLACE_TRIGGER = """
CREATE TRIGGER events_no_REPLACE BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'events are only added'); END
"""  # a REPLACE fires no trigger for the row that it deletes
POSTGRES_FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'events are only added'; END $$
"""
POSTGRES_TRIGGER = """
CREATE TRIGGER events_no_{verb} BEFORE {verb} ON events
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    """Add the tables, and to each means its signed day and its last event."""
    alter_means()
    create_people_tables()
    create_record_tables()
    create_traffic_tables()
    create_evidence_table()
    forbid_changes()


def downgrade() -> None:
    """Drop the tables with their rows; a means falls back to its signed day, and is pending."""
    op.execute(sa.text("UPDATE means SET due_on = signed_on, status = 'pending'"))
    for table in (
        "evidence",
        "drafts",
        "outbox",
        "inbox",
        "record_head",
        "events",
        "invitations",
        "access_requests",
        "admitted_chats",
        "grants",
        "people",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
    with op.batch_alter_table("means", table_kwargs=BUILT_ANEW) as means:
        means.drop_column("last_event")
        means.drop_column("signed_on")


def alter_means() -> None:
    """Add what a means keeps besides."""
    with op.batch_alter_table("means", table_kwargs=BUILT_ANEW) as means:
        means.add_column(sa.Column("signed_on", sa.Date, nullable=True))
        means.add_column(sa.Column("last_event", sa.Integer, nullable=True))
    op.execute(sa.text("UPDATE means SET signed_on = due_on, last_event = 0"))
    with op.batch_alter_table("means", table_kwargs=BUILT_ANEW) as means:
        means.alter_column("signed_on", nullable=False, existing_type=sa.Date)
        means.alter_column("last_event", nullable=False, existing_type=sa.Integer)


def create_people_tables() -> None:
    """Create what says who may do what."""
    op.create_table(
        "people",
        sa.Column("user_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_people"),
    )
    op.create_table(
        "grants",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("unit", sa.String, nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
        sa.ForeignKeyConstraint(["user_id"], ["people.user_id"], name="fk_grants_user_id"),
        sa.UniqueConstraint("user_id", "role", "unit", name="uq_grants_user_id_role_unit"),
        sa.CheckConstraint(f"role IN ({ROLES})", name="ck_grants_role"),
        sa.CheckConstraint("(role = 'focal') = (unit <> '')", name="ck_grants_unit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_grants_role_unit", "grants", ["role", "unit"])
    op.create_table(
        "admitted_chats",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_admitted_chats"),
    )
    op.create_table(
        "access_requests",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("unit", sa.String, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_access_requests"),
        sa.CheckConstraint(f"role IN ({ROLES})", name="ck_access_requests_role"),
        sa.CheckConstraint(
            "decision IN ('approved', 'refused')", name="ck_access_requests_decision"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_access_requests_user_id", "access_requests", ["user_id"])
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("token_hash", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("unit", sa.String, nullable=False),
        sa.Column("made_by", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_by", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_invitations_token_hash"),
        sa.CheckConstraint(f"role IN ({ROLES})", name="ck_invitations_role"),
    )


def create_record_tables() -> None:
    """Create the chain of events and its head."""
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger, nullable=True),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("update_id", sa.BigInteger, nullable=True),
        sa.Column("act", sa.String, nullable=True),
        sa.Column("code", sa.String, nullable=True),
        sa.Column("note", sa.Text, nullable=True),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("previous", sa.String, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_act_code_id", "events", ["act", "code", "id"])
    head = op.create_table(
        "record_head",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("last_event", sa.Integer, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_record_head"),
        sa.CheckConstraint("id = 1", name="ck_record_head_single_row"),
    )
    op.bulk_insert(head, [{"id": 1, "last_event": 0, "hash": NOTHING_YET}])


def create_traffic_tables() -> None:
    """Create what comes in, what goes out and what is half said."""
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("update_id", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("raw", sa.Text, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.String, nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("update_id", "digest", name="uq_inbox_update_id_digest"),
        sa.CheckConstraint("state IN ('new', 'done', 'aside')", name="ck_inbox_state"),
    )
    op.create_index("ix_inbox_state_id", "inbox", ["state", "id"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.Integer, nullable=True),
        sa.Column("reply_to", sa.Integer, nullable=True),
        sa.Column("edits", sa.Integer, nullable=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("buttons", sa.JSON, nullable=False),
        sa.Column("evidence_id", sa.Integer, nullable=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.String, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'failed')", name="ck_outbox_state"),
    )
    op.create_index("ix_outbox_state_id", "outbox", ["state", "id"])
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("values", sa.JSON, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_asleep", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.CheckConstraint(
            "kind IN ('submit', 'observe', 'reprogram', 'request')", name="ck_drafts_kind"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drafts_user_id_chat_id", "drafts", ["user_id", "chat_id"])


def create_evidence_table() -> None:
    """Create the list of files and links."""
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("draft_id", sa.Integer, nullable=True),
        sa.Column("event_id", sa.Integer, nullable=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=True),
        sa.Column("stored_name", sa.String, nullable=True),
        sa.Column("mime", sa.String, nullable=True),
        sa.Column("size", sa.Integer, nullable=True),
        sa.Column("sha256", sa.String, nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name="fk_evidence_draft_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_evidence_event_id"),
        sa.CheckConstraint(
            "(url IS NULL) <> (stored_name IS NULL)", name="ck_evidence_file_or_link"
        ),
        sa.CheckConstraint("(draft_id IS NULL) <> (event_id IS NULL)", name="ck_evidence_owner"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_evidence_draft_id", "evidence", ["draft_id"])
    op.create_index("ix_evidence_event_id", "evidence", ["event_id"])


def forbid_changes() -> None:
    """Have the database itself refuse to change or delete an event."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(SQLITE_TRIGGER.format(verb=verb))
        op.execute(SQLITE_REPLACE_TRIGGER)
        return
    op.execute(POSTGRES_FUNCTION)
    for verb in ("UPDATE", "DELETE", "TRUNCATE"):
        op.execute(POSTGRES_TRIGGER.format(verb=verb))
