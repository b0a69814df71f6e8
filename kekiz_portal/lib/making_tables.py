"""For migrations: make many tables at once."""

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation


class Together(Operation):
    """Steps that make tables, as one: Django draws all models once, not anew after each step.

    Takes what ``makemigrations`` writes for models without a table yet. Each table is made as the
    last step leaves it, so steps that add a field, an index or a constraint need nothing more.
    """

    def __init__(self, operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # is drawn anew when it is asked for
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for one in self._tables():
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for one in reversed(self._tables()):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Make {len(self._tables())} tables"

    def _tables(self):
        return [one for one in self.operations if isinstance(one, CreateModel)]
