from odoo.tests import tagged

from . import seams, seams_base, seams_mail, seams_models, seams_project, seams_sms

TABLES = (seams_base, seams_mail, seams_models, seams_project, seams_sms)


@tagged("post_install", "-at_install")
class TestSeams(seams.SeamsCase):
    """An update of Odoo says which of its private pieces has moved."""

    addon = "crm_task_reminder"
    seams = [seam for table in TABLES for seam in table.SEAMS]
