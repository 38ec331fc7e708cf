from . import ir_http, ir_mail_server, res_company, res_users

from . import hours  # isort: skip
