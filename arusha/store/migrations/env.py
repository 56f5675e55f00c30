"""How Alembic runs a migration: inside the transaction that the program opened."""

from alembic import context

from arusha.store.base import Base
from arusha.store.schema import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
