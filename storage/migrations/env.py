"""What alembic runs between its command and the migrations: on the connection it is given."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    render_as_batch=True,  # SQLite alters a table by building it anew
    transactional_ddl=True,  # on SQLite too, since our transactions begin before the first change
)
context.run_migrations()
