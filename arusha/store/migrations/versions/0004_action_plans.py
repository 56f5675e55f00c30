"""Action plans: their parts with every version, figures and updates as dated entries, approved versions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

PLAN = "plan_id"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "plans",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("administration", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("header_version", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'approved', 'closed')", name=op.f("ck_plans_state_is_known")),
        sa.ForeignKeyConstraint(
            ["administration"], ["administrations.code"], name=op.f("fk_plans_administration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
    )
    op.create_index(op.f("ix_plans_administration"), "plans", ["administration"], unique=False)
    _parts("plan_parts", "id")
    _parts("plan_part_versions", "id", "version", reason=True)
    _entries(
        "plan_figures",
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("value", sa.Float(precision=53), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("source", "note", "evidence", "reason")),
        sa.CheckConstraint(
            "kind IN ('baseline', 'target', 'actual', 'spent')", name=op.f("ck_plan_figures_kind_is_known")
        ),
    )
    op.create_index("ix_plan_figures_place", "plan_figures", [PLAN, "subject", "kind", "period"])
    _entries(
        "plan_updates",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_table(
        "plan_versions",
        sa.Column(PLAN, sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Date(), nullable=False),
        sa.Column("approved_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("revised_at", sa.DateTime(), nullable=True),
        sa.Column("revised_by", sa.String(length=80), nullable=False),
        *_of_a_plan("plan_versions", "version"),
    )


def _parts(name: str, *key: str, reason: bool = False) -> None:
    op.create_table(
        name,
        sa.Column(PLAN, sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        *([sa.Column("reason", sa.Text(), nullable=False)] if reason else []),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", sa.String(length=80), nullable=False),
        *_of_a_plan(name, *key),
    )


def _entries(name: str, *more: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column(PLAN, sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        *more,
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("entered_by", sa.String(length=80), nullable=False),
        *_of_a_plan(name, "number"),
    )


def _of_a_plan(name: str, *key: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.ForeignKeyConstraint([PLAN], ["plans.id"], name=op.f(f"fk_{name}_plan_id")),
        sa.PrimaryKeyConstraint(PLAN, *key, name=op.f(f"pk_{name}")),
    ]


def downgrade() -> None:
    """Remove the tables."""
    for name in ("plan_versions", "plan_updates", "plan_figures", "plan_part_versions", "plan_parts"):
        op.drop_table(name)
    op.drop_table("plans")
