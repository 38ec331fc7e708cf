import secrets

from markupsafe import Markup

from odoo import http
from odoo.addons.crm_task_reminder.tools import parameters
from odoo.addons.crm_task_reminder.tools.limiter import Limiter
from odoo.http import request

from ..models.link.crm_task_reminder_channel_email import ONE_CLICK
from ..models.link.crm_task_reminder_link import PATH
from ..tools import token as tokens

#: Requests of one network address in a minute, unless a parameter says another number.
REQUESTS = 60
#: One click in a mail program comes from its provider, for many people.
ONE_CLICKS = 600
MAX_REQUESTS = 1_000_000
#: Bytes that an answer may have; a wish of 500 characters has at most 6,000.
MAX_CONTENT = 16_384
PAGE = "crm_task_reminder_reply.page"
STOP_PAGE = "crm_task_reminder_reply.stop_page"
NEUTRAL_PAGE = "crm_task_reminder_reply.neutral_page"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
limiter = Limiter()


def show(**options):
    """Return the decorator of a page that changes nothing, GET and HEAD.

    Where a replica of the database is set up, it is read from there.
    """
    return http.route(
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
        readonly=True,
        **options,
    )


def take(**options):
    """Return the decorator of what takes an answer: its nonce is in place of Odoo's.

    Odoo's token against foreign forms needs a session, and the page has none.
    """
    return http.route(
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=MAX_CONTENT,
        **options,
    )


def as_text(value):
    """Return what came with a form as text; a file is none."""
    return value if isinstance(value, str) else ""


class ReplyPage(http.Controller):
    """The page that a customer gets to by the link in a message."""

    @show(route=f"{PATH}/<string:token>")
    def show_page(self, token, answer="", **_others):
        if not self._is_within_limit():
            return self._render_neutral(429)
        link = request.env["crm.task.reminder.link"]._find(token)
        if not link:
            return self._render_neutral(404, token)
        page = {**link._prepare_page(kind=answer), "token": self._get_place(token)}
        return self._render(link, PAGE, page)

    @take(route=f"{PATH}/<string:token>")
    def take_answer(self, token, answer="", text="", nonce="", **_others):
        if not self._is_within_limit():
            return self._render_neutral(429)
        answer, text, nonce = map(as_text, (answer, text, nonce))
        link = self._find_in_turn(token, nonce)
        if not link:
            return self._render_neutral(404)
        if problem := link._take_answer(answer, text, nonce):
            page = link._prepare_page(kind=answer, text=text, problem=problem)
            page["token"] = self._get_place(token)
            return self._render(link, PAGE, page, status=422)
        return self._go_back(token)

    @show(route=f"{PATH}/<string:token>/task.ics")
    def show_calendar(self, token, **_others):
        if not self._is_within_limit():
            return self._render_neutral(429)
        link = request.env["crm.task.reminder.link"]._find(token)
        entry = link and link._write_calendar()
        if not entry:
            return self._render_neutral(404, token)
        headers = {
            **HEADERS,
            "Content-Type": "text/calendar; charset=utf-8",
            "Content-Disposition": 'attachment; filename="task.ics"',
        }
        return request.make_response(entry, list(headers.items()))

    @show(route=f"{PATH}/<string:token>/stop")
    def show_stop_page(self, token, **_others):
        if not self._is_within_limit():
            return self._render_neutral(429)
        link = request.env["crm.task.reminder.link"]._find(token)
        if not link:
            return self._render_neutral(404, token)
        return self._render(link, STOP_PAGE, link._prepare_stop_page())

    @take(route=f"{PATH}/<string:token>/stop")
    def take_opt_out(self, token, scope="", nonce="", **others):
        """Take what was chosen on the page, or a mail program's one click (RFC 8058).

        That click has no nonce: it comes without the page.
        """
        name, _equals, value = ONE_CLICK.partition("=")
        is_one_click = others.get(name) == value
        if not self._is_within_limit(ONE_CLICKS if is_one_click else REQUESTS):
            return self._render_neutral(429)
        nonce = as_text(nonce)
        link = self._find_in_turn(token, None if is_one_click else nonce)
        if not link:
            return self._render_neutral(404)
        if is_one_click:
            link._add_opt_out("form")
            return request.make_response("", list(HEADERS.items()))
        if problem := link._take_opt_out(as_text(scope), nonce):
            page = link._prepare_stop_page(problem)
            return self._render(link, STOP_PAGE, page, status=422)
        return self._go_back("stop")

    @http.route(
        route=[PATH, f"{PATH}/<path:_rest>"],
        type="http",
        auth="public",
        methods=["GET", "POST"],
        csrf=False,
        save_session=False,
        readonly=True,
        max_content_length=MAX_CONTENT,
    )
    def show_nothing(self, **_others):
        """Show the page of no link also where one was cut, or has something behind."""
        return self._render_neutral(404 if self._is_within_limit() else 429)

    # ------------------------------------------------------------------
    # Asked
    # ------------------------------------------------------------------

    def _find_in_turn(self, token, nonce):
        """Return the link of a token, once it is this answer's turn.

        What does not come from the link's page, as from a program that sends all forms,
        makes nobody wait: it is refused anyway.

        :param str | None nonce: None where none is needed
        """
        links = request.env["crm.task.reminder.link"]
        link = links._find(token)
        if not link or not (nonce is None or link._check_nonce(nonce)):
            return link
        # sudo: whose turn it is is nobody's secret, and answers are nobody's to write
        request.env["crm.task.reminder.answer"].sudo()._take_turn()
        return links._find(token)

    def _is_within_limit(self, default=REQUESTS):
        """Tell whether the sender of the request has not made too many."""
        limit = parameters.get_number(
            # sudo: a limit is no secret
            request.env(su=True),
            "crm_task_reminder_reply.requests_per_minute",
            default,
            MAX_REQUESTS,
        )
        return limiter.takes(request.httprequest.remote_addr or "", limit)

    # ------------------------------------------------------------------
    # Answered
    # ------------------------------------------------------------------

    def _render(self, link, template, values, status=200):
        """Return a page of a link, in its reader's language."""
        return self._respond(link.env["ir.qweb"], template, values, status)

    def _render_neutral(self, status, token=""):
        """Return the page that tells nothing: not even whether there is such a link.

        What a test that somebody has sent to oneself has in the place of a link is no
        secret.
        """
        # sudo: the page is everybody's
        qweb = request.env(su=True)["ir.qweb"]
        lang = (request.env.lang or "en").replace("_", "-")
        values = {
            "lang": lang,
            "state": status,
            "is_sample": token == tokens.SAMPLE,
        }
        return self._respond(qweb, NEUTRAL_PAGE, values, status)

    def _respond(self, qweb, template, values, status):
        style_nonce = secrets.token_urlsafe(12)
        values = {**values, "style_nonce": style_nonce}
        page = qweb._render(template, values, minimal_qcontext=True)
        body = Markup("<!DOCTYPE html>\n") + page
        headers = {
            **HEADERS,
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": POLICY.format(nonce=style_nonce),
        }
        return request.make_response(body, list(headers.items()), status=status)

    def _go_back(self, place):
        """Return to a page below the same folder, whatever prefix a proxy has.

        :param str place: the last part of its path
        """
        headers = [*HEADERS.items(), ("Location", self._get_place(place))]
        return request.make_response("", headers, status=303)

    def _get_place(self, place):
        """Return a place beside the page, also where its address ends with a slash.

        :param str place: the last part of its path
        """
        return f"../{place}" if request.httprequest.path.endswith("/") else place
