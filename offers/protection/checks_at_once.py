"""The rules of the database asked before saving, all in one question."""

from functools import reduce
from operator import and_

from django.db import models, router
from django.db.models import CheckConstraint, Q


class ChecksAtOnce(models.Model):
    """A model whose check constraints are asked together, one by one only if they don't all hold.

    Django asks one question for each of them, in a savepoint of its own: a third of all that an
    import asked.
    """

    class Meta:
        abstract = True

    def get_constraints(self):
        checks = [one for one in self._meta.constraints if isinstance(one, CheckConstraint)]
        found = super().get_constraints()
        if not checks or not self._keeps(checks):
            return found
        return [(model, [one for one in theirs if one not in checks]) for model, theirs in found]

    def _keeps(self, checks):
        values = self._get_field_expression_map(meta=self._meta)
        conditions = reduce(and_, (Q(check.condition) for check in checks))
        return conditions.check(values, using=router.db_for_write(type(self), instance=self))
