"""The form of a round, the receipt of carrying answers over, and the language a person chose.

Every round made before this was answered on the core practices, which were the whole edition then.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Call the rounds there are short, and make the two tables."""
    with op.batch_alter_table("rounds") as rounds:
        rounds.add_column(sa.Column("form", sa.String(length=10), server_default="whole", nullable=False))
        rounds.create_check_constraint(op.f("ck_rounds_form_is_known"), "form IN ('whole', 'short')")
    op.execute("UPDATE rounds SET form = 'short'")
    op.create_table(
        "carried",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(length=16), nullable=False),
        sa.Column("earlier", sa.String(length=160), nullable=False),
        sa.Column("practice", sa.String(length=160), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("proposed", sa.JSON(), nullable=False),
        sa.Column("carried_at", sa.DateTime(), nullable=False),
        sa.Column("carried_by", sa.String(length=80), nullable=False),
        sa.Column("step", sa.String(length=80), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_carried_round_id")),
        sa.ForeignKeyConstraint(["source_id"], ["rounds.id"], name=op.f("fk_carried_source_id")),
        sa.PrimaryKeyConstraint("round_id", "number", name=op.f("pk_carried")),
    )
    op.create_table(
        "preferences",
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("actor", name=op.f("pk_preferences")),
    )


def downgrade() -> None:
    """Remove the two tables and the form."""
    op.drop_table("preferences")
    op.drop_table("carried")
    with op.batch_alter_table("rounds") as rounds:
        rounds.drop_constraint(op.f("ck_rounds_form_is_known"), type_="check")
        rounds.drop_column("form")
