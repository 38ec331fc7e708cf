import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from odoo.tests import TransactionCase

from ..models.res_company import ENDPOINT
from ..tools import after_commit

TOKEN = "the-secret-token"


class SmsapiServer:
    """Answers SMSAPI's client over HTTP as a test wants it to.

    It takes all SMS; an error for a call or a number is given beforehand.
    """

    def __init__(self):
        self.calls = []  # token and values of each call that sends SMS
        self.error = None  # the answer to all calls: an error and its text
        self.errors = {}  # number → error in the answer about its SMS
        self.refuses_links = False
        self.refuses_short_links = False
        self.points = 500
        self.names = [
            {"sender": "Info", "status": "ACTIVE", "default": False},
            {"sender": "Zielony Dom", "status": "ACTIVE", "default": True},
            {"sender": "Waiting", "status": "INACTIVE", "default": False},
        ]
        handler = type("Handler", (_Handler,), {"smsapi": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, path, token, values):
        if self.error:
            code, text = self.error
            return {"error": code, "message": text}
        if path == "/user.do":
            return {"points": self.points, "proCount": self.points * 6}
        if path == "/sender.do":
            return self.names
        self.calls.append((token, values))
        plain = values["message"].replace("[%idzdo:http", "")
        if self.refuses_links and "http" in plain:
            return {"error": 94, "message": "Link"}
        if self.refuses_short_links and "[%idzdo:" in values["message"]:
            return {"error": 7, "message": "Short links disabled on account"}
        pairs = zip(values["to"].split(","), values["idx"].split("|"), strict=True)
        entries = [
            {"id": f"ID{idx}", "number": number, "idx": idx, "status": "QUEUE"}
            | {"error": self.errors.get(number)}
            for number, idx in pairs
        ]
        return {"count": len(entries), "list": entries}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):  # noqa: N802
        path, _mark, query = self.path.partition("?")
        self.reply(path, query)

    def do_POST(self):  # noqa: N802
        size = int(self.headers["Content-Length"])
        self.reply(self.path, self.rfile.read(size).decode())

    def reply(self, path, query):
        token = self.headers["Authorization"].removeprefix("Bearer ")
        answer = self.smsapi.answer(path, token, dict(parse_qsl(query)))
        content = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args):
        pass


class SmsapiCommon(TransactionCase):
    """A company with an account at a local SMSAPI, and a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.smsapi = SmsapiServer()
        cls.addClassCleanup(cls.smsapi.stop)
        cls.env["ir.config_parameter"].set_param(ENDPOINT, cls.smsapi.url)
        cls.company = cls.create_company("Zielony Dom", TOKEN)
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.customer = cls.create_customer("+48600100200")

    def setUp(self):
        super().setUp()
        self.env.cr.postcommit.clear()
        self.smsapi.calls.clear()
        self.smsapi.errors.clear()
        self.smsapi.error = None
        self.smsapi.refuses_links = False
        self.smsapi.refuses_short_links = False

    @classmethod
    def create_company(cls, name, token):
        company = cls.env["res.company"].create(
            {
                "name": name,
                "country_id": cls.env.ref("base.pl").id,
                "sms_provider": "smsapi",
                "sms_smsapi_token": token,
            }
        )
        cls.env.user.company_ids += company
        return company

    @classmethod
    def create_customer(cls, phone, company=None):
        return cls.env["res.partner"].create(
            {
                "name": phone,
                "phone": phone,
                "company_id": (company or cls.company).id,
            }
        )

    def text(self, customer=None, body="Do zobaczenia"):
        """Send an SMS to a customer at once; return its receipt.

        :return mail.notification:
        """
        message = (customer or self.customer)._message_sms(body)
        return message.notification_ids

    def commit(self):
        """Do what is to be done once the present transaction is committed.

        :return list[str]: the names of the methods that were called
        """
        self.env.flush_all()
        calls = [
            call
            for call in self.env.cr.postcommit._funcs
            if getattr(call, "func", None) is after_commit._call
        ]
        self.env.cr.postcommit.clear()
        with self.enter_registry_test_mode():
            for call in calls:
                call()
        self.env.invalidate_all()
        return [call.args[3] for call in calls]

    def get_sms(self, receipt):
        return self.env["sms.sms"].browse(receipt.sms_id_int)
