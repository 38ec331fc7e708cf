from . import ir_mail_server, res_company, res_users
