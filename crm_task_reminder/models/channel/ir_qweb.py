from lxml import etree

from odoo import models

#: Context key: a dict that lives as long as a batch and holds what was compiled.
COMPILED = "crm_task_reminder_compiled"


class IrQweb(models.AbstractModel):
    _inherit = "ir.qweb"

    def _generate_code_uncached(self, template):
        """Compile a mail template once per batch instead of once per record.

        Odoo compiles a template that is given as an element anew for each record. What
        is compiled depends on the source and on the keys by which Odoo caches views, so
        these are the key here too: an edited template or another language is another
        entry. Nothing is kept beyond the batch.
        """
        compiled = self.env.context.get(COMPILED)
        if compiled is None or not isinstance(template, etree._Element):
            return super()._generate_code_uncached(template)
        context = self.env.context
        options = (
            context.get(name) or False for name in self._get_template_cache_keys()
        )
        key = (etree.tostring(template), *options)
        if key not in compiled:
            compiled[key] = super()._generate_code_uncached(template)
        return compiled[key]
