"""Subscriptions, their occurrences, and messages that any of several programs may send."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"

STATES_BEFORE = "'waiting', 'sent', 'failed'"
STATES = "'waiting', 'sending', 'sent', 'empty', 'held', 'failed'"
KEPT = (
    "id, chat_id, thread_id, reply_to, edits, text, buttons, evidence_id, state, attempts, error, "
    "created_at, ended_at"
)


def upgrade() -> None:
    """Add the tables; the messages of before are answers."""
    build_outbox_anew(
        STATES,
        sa.Column("is_secret", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("sort", sa.String, nullable=False, server_default="reply"),
        sa.Column("subscription_id", sa.Integer, nullable=True),
        sa.Column("told_event", sa.Integer, nullable=True),
        sa.Column("owner", sa.Integer, nullable=True),
        sa.CheckConstraint("sort IN ('reply', 'digest', 'reminder')", name="ck_outbox_sort"),
    )
    op.create_index("ix_outbox_chat_id_state_id", "outbox", ["chat_id", "state", "id"])
    create_subscriptions()
    create_occurrences()


def build_outbox_anew(states: str, *more: sa.Column[Any] | sa.CheckConstraint) -> None:
    """Give the outbox other columns and states, and its rows back: SQLite alters no CHECK."""
    op.execute(sa.text("CREATE TABLE outbox_before AS SELECT * FROM outbox"))
    op.drop_table("outbox")
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
        *more,
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.CheckConstraint(f"state IN ({states})", name="ck_outbox_state"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_state_id", "outbox", ["state", "id"])
    op.execute(sa.text(f"INSERT INTO outbox ({KEPT}) SELECT {KEPT} FROM outbox_before"))  # noqa: S608 - names of ours
    op.drop_table("outbox_before")
    if op.get_bind().dialect.name == "postgresql":
        newest = "SELECT setval(pg_get_serial_sequence('outbox', 'id'), max(id)) FROM outbox"
        op.execute(sa.text(newest))


def create_subscriptions() -> None:
    """Create what chats asked to be told."""
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.Integer, nullable=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("about", sa.String, nullable=False),
        sa.Column("scope", sa.JSON, nullable=False),
        sa.Column("schedule", sa.JSON, nullable=False),
        sa.Column("tells_nothing", sa.Boolean, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("planned_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_event", sa.Integer, nullable=False),
        sa.Column("created_by", sa.BigInteger, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.CheckConstraint("about IN ('means', 'review')", name="ck_subscriptions_about"),
        sa.CheckConstraint(
            "state IN ('active', 'ended', 'closed')", name="ck_subscriptions_state"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscriptions_state_next_at", "subscriptions", ["state", "next_at"])
    op.create_index("ix_subscriptions_chat_id", "subscriptions", ["chat_id"])


def create_occurrences() -> None:
    """Create the slots that exist."""
    op.create_table(
        "occurrences",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("subscription_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outbox_id", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_occurrences"),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.id"],
            name="fk_occurrences_subscription_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "subscription_id", "kind", "day", name="uq_occurrences_subscription_id_kind_day"
        ),
        sa.CheckConstraint("kind IN ('digest', 'reminder', 'late')", name="ck_occurrences_kind"),
    )
    op.create_index("ix_occurrences_outbox_id", "occurrences", ["outbox_id"])


def downgrade() -> None:
    """Drop the tables, and the messages that only they explain."""
    op.drop_table("occurrences")
    op.drop_table("subscriptions")
    op.execute(sa.text("DELETE FROM outbox WHERE sort <> 'reply'"))
    build_outbox_anew(STATES_BEFORE)
