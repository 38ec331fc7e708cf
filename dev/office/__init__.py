"""An office at work: Odoo, its database, a mailbox, an SMS gateway, a browser."""
