from lxml import etree

from odoo import models

#: Context key: a dict that lives as long as a batch and holds what is found out once:
#: what templates are compiled to, and which fields whoever fills them in may read.
KNOWN = "crm_task_reminder_known"


class IrQweb(models.AbstractModel):
    _inherit = "ir.qweb"

    def _generate_code_uncached(self, template):
        """Compile a mail template once per batch instead of once per record.

        Odoo compiles a template that is given as an element anew for each record. What
        is compiled depends on the source and on the keys by which Odoo caches views, so
        these are the key here too: an edited template or another language is another
        entry. Nothing is kept beyond the batch.
        """
        known = self.env.context.get(KNOWN)
        if known is None or not isinstance(template, etree._Element):
            return super()._generate_code_uncached(template)
        context = self.env.context
        options = (
            context.get(name) or False for name in self._get_template_cache_keys()
        )
        key = (etree.tostring(template), *options)
        if key not in known:
            known[key] = super()._generate_code_uncached(template)
        return known[key]
