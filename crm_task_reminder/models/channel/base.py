from odoo import models

from ...tools.defaults import Defaults

#: Context key: the ``Defaults`` of a batch.
DEFAULTS = "crm_task_reminder_defaults"


def share_defaults(records):
    """Return records in whose environment those that are created share their defaults.

    Until the end of a batch: what they share may change.
    """
    return records.with_context(**{DEFAULTS: Defaults()})


class Base(models.AbstractModel):
    _inherit = "base"

    def _add_missing_default_values(self, values):
        """Ask a model for its defaults once per batch instead of once per record.

        Odoo asks all fields of a model anew for each record that it creates.
        """
        defaults = self.env.context.get(DEFAULTS)
        if defaults is None:
            return super()._add_missing_default_values(values)
        kind = self.env, self._name, *values
        if found := defaults.get(kind):
            shared, own = found
            return {**shared, **(self.default_get(own) if own else {}), **values}
        completed = super()._add_missing_default_values(dict(values))
        names = completed.keys() - values.keys()
        defaults.learn(kind, {name: completed[name] for name in names})
        return completed
