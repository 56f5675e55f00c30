"""Rounds, answers with their history, changes that met, signatures and visits."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "administrations",
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.CheckConstraint("length(code) = 2", name=op.f("ck_administrations_code_has_two_letters")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_administrations")),
    )
    op.create_table(
        "rounds",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("administration", sa.String(length=2), nullable=False),
        sa.Column("edition", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'signed')", name=op.f("ck_rounds_state_is_known")),
        sa.CheckConstraint("year BETWEEN 1950 AND 2200", name=op.f("ck_rounds_year_is_plausible")),
        sa.ForeignKeyConstraint(
            ["administration"], ["administrations.code"], name=op.f("fk_rounds_administration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint(
            "administration", "edition", "year", name=op.f("uq_rounds_administration_edition_year")
        ),
    )
    op.create_table(
        "answer_conflicts",
        sa.Column("save_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("practice", sa.String(length=160), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", sa.String(length=80), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_as", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_answer_conflicts_round_id")),
        sa.PrimaryKeyConstraint("save_id", name=op.f("pk_answer_conflicts")),
    )
    op.create_index(
        "ix_answer_conflicts_open", "answer_conflicts", ["round_id", "practice", "settled_at"], unique=False
    )
    op.create_table(
        "answer_versions",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("practice", sa.String(length=160), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("save_id", sa.String(length=64), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", sa.String(length=80), nullable=False),
        sa.Column("step", sa.String(length=80), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_answer_versions_round_id")),
        sa.PrimaryKeyConstraint("round_id", "practice", "version", name=op.f("pk_answer_versions")),
        sa.UniqueConstraint("save_id", name=op.f("uq_answer_versions_save_id")),
    )
    op.create_table(
        "answers",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("practice", sa.String(length=160), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", sa.String(length=80), nullable=False),
        sa.Column("step", sa.String(length=80), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_answers_round_id")),
        sa.PrimaryKeyConstraint("round_id", "practice", name=op.f("pk_answers")),
    )
    op.create_table(
        "signatures",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("reopened_at", sa.DateTime(), nullable=True),
        sa.Column("reopened_by", sa.String(length=80), nullable=False),
        sa.Column("reopen_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_signatures_round_id")),
        sa.PrimaryKeyConstraint("round_id", "revision", name=op.f("pk_signatures")),
    )
    op.create_table(
        "visits",
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("factor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_visits_round_id")),
        sa.PrimaryKeyConstraint("actor", "round_id", name=op.f("pk_visits")),
    )


def downgrade() -> None:
    """Remove every table."""
    op.drop_table("visits")
    op.drop_table("signatures")
    op.drop_table("answers")
    op.drop_table("answer_versions")
    op.drop_index("ix_answer_conflicts_open", table_name="answer_conflicts")
    op.drop_table("answer_conflicts")
    op.drop_table("rounds")
    op.drop_table("administrations")
