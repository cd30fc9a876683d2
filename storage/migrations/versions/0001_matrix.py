"""The acts with their matrix, the words to search it by, and the questions of the chats."""

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Create every table; there are no older rows."""
    create_act_tables()
    create_matrix_tables()
    create_search_tables()
    create_question_tables()


def downgrade() -> None:
    """Drop every table with its rows."""
    for table in (
        "saved_questions",
        "matrix_version",
        "recommendation_words",
        "means_words",
        "responsibilities",
        "means",
        "commitments",
        "recommendations",
        "areas",
        "act_units",
        "units",
        "terms",
        "signatories",
        "parties",
        "acts",
    ):
        op.drop_table(table)


def create_act_tables() -> None:
    """Create what is said of an act itself, and who is named in it."""
    op.create_table(
        "acts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("met_on", sa.Date, nullable=False),
        sa.Column("met_from", sa.Time, nullable=False),
        sa.Column("met_until", sa.Time, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("directive", sa.Text, nullable=False),
        sa.Column("evaluation", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("compliance", sa.Text, nullable=False),
        sa.Column("follow_up", sa.JSON, nullable=False),
        sa.Column("agreements", sa.JSON, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_acts"),
        sa.UniqueConstraint("number", name="uq_acts_number"),
    )
    op.create_table(
        "parties",
        sa.Column("act_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("acronym", sa.String, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("act_id", "position", name="pk_parties"),
        sa.ForeignKeyConstraint(
            ["act_id"], ["acts.id"], name="fk_parties_act_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "signatories",
        sa.Column("act_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("party", sa.String, nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("act_id", "position", name="pk_signatories"),
        sa.ForeignKeyConstraint(
            ["act_id"], ["acts.id"], name="fk_signatories_act_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "terms",
        sa.Column("act_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("term", sa.String, nullable=False),
        sa.Column("expansion", sa.Text, nullable=True),
        sa.Column("source", sa.Text, nullable=True),
        sa.Column("note", sa.Text, nullable=True),
        sa.Column("aliases", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("act_id", "position", name="pk_terms"),
        sa.ForeignKeyConstraint(
            ["act_id"], ["acts.id"], name="fk_terms_act_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_units"),
        sa.UniqueConstraint("code", name="uq_units_code"),
    )
    op.create_table(
        "act_units",
        sa.Column("act_id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=True),
        sa.Column("source", sa.Text, nullable=True),
        sa.Column("aliases", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("act_id", "unit_id", name="pk_act_units"),
        sa.ForeignKeyConstraint(
            ["act_id"], ["acts.id"], name="fk_act_units_act_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name="fk_act_units_unit_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_act_units_unit_id", "act_units", ["unit_id"])


def create_matrix_tables() -> None:
    """Create area, recommendation, commitment, means and who is responsible."""
    op.create_table(
        "areas",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("act_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("group_name", sa.Text, nullable=False),
        sa.Column("aliases", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_areas"),
        sa.UniqueConstraint("act_id", "key", name="uq_areas_act_id_key"),
        sa.ForeignKeyConstraint(
            ["act_id"], ["acts.id"], name="fk_areas_act_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_areas_key", "areas", ["key"])
    op.create_table(
        "recommendations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("act_id", sa.Integer, nullable=False),
        sa.Column("area_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("is_cut", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recommendations"),
        sa.UniqueConstraint("act_id", "number", name="uq_recommendations_act_id_number"),
        sa.ForeignKeyConstraint(
            ["act_id"], ["acts.id"], name="fk_recommendations_act_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["area_id"], ["areas.id"], name="fk_recommendations_area_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_recommendations_area_id", "recommendations", ["area_id"])
    op.create_index("ix_recommendations_number", "recommendations", ["number"])
    op.create_table(
        "commitments",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("act_id", sa.Integer, nullable=False),
        sa.Column("recommendation_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("is_cut", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_commitments"),
        sa.UniqueConstraint("act_id", "number", name="uq_commitments_act_id_number"),
        sa.ForeignKeyConstraint(
            ["act_id"], ["acts.id"], name="fk_commitments_act_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendations.id"],
            name="fk_commitments_recommendation_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_commitments_number", "commitments", ["number"])
    op.create_index("ix_commitments_recommendation_id", "commitments", ["recommendation_id"])
    op.create_table(
        "means",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("act_id", sa.Integer, nullable=False),
        sa.Column("commitment_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("is_cut", sa.Boolean, nullable=False),
        sa.Column("due_text", sa.String, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("responsible_text", sa.Text, nullable=False),
        sa.Column("specification", sa.Text, nullable=True),
        sa.Column("specification_is_cut", sa.Boolean, nullable=False),
        sa.Column("notes", sa.JSON, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_means"),
        sa.UniqueConstraint("act_id", "code", name="uq_means_act_id_code"),
        sa.CheckConstraint(
            "status IN ('pending', 'submitted', 'observed', 'verified')", name="ck_means_status"
        ),
        sa.ForeignKeyConstraint(
            ["act_id"], ["acts.id"], name="fk_means_act_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
            name="fk_means_commitment_id",
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_means_code", "means", ["code"])
    op.create_index("ix_means_commitment_id", "means", ["commitment_id"])
    op.create_index("ix_means_due_on_act_id_position", "means", ["due_on", "act_id", "position"])
    op.create_index(
        "ix_means_status_due_on_act_id_position",
        "means",
        ["status", "due_on", "act_id", "position"],
    )
    op.create_table(
        "responsibilities",
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("means_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "means_id", name="pk_responsibilities"),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name="fk_responsibilities_unit_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["means_id"], ["means.id"], name="fk_responsibilities_means_id", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_responsibilities_means_id_position", "responsibilities", ["means_id", "position"]
    )


def create_search_tables() -> None:
    """Create the inverted indexes, from a word's key to what holds it."""
    op.create_table(
        "means_words",
        sa.Column("key", sa.String, nullable=False),
        sa.Column("means_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", "means_id", name="pk_means_words"),
        sa.ForeignKeyConstraint(
            ["means_id"], ["means.id"], name="fk_means_words_means_id", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_means_words_means_id", "means_words", ["means_id"])
    op.create_table(
        "recommendation_words",
        sa.Column("key", sa.String, nullable=False),
        sa.Column("recommendation_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", "recommendation_id", name="pk_recommendation_words"),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendations.id"],
            name="fk_recommendation_words_recommendation_id",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_recommendation_words_recommendation_id", "recommendation_words", ["recommendation_id"]
    )


def create_question_tables() -> None:
    """Create the counter of loads, at none, and the questions of the chats."""
    version = op.create_table(
        "matrix_version",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_matrix_version"),
        sa.CheckConstraint("id = 1", name="ck_matrix_version_single_row"),
    )
    op.bulk_insert(version, [{"id": 1, "version": 0}])
    op.create_table(
        "saved_questions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_questions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_saved_questions_chat_id_id", "saved_questions", ["chat_id", "id"])
