"""SMS that are handed over together, and what becomes of each of them.

SMSAPI is given an *idx* with each SMS and asked to check it: one that it has taken
before is refused, so that a repeated call sends nothing twice. It says so of a whole
call, not of the one SMS. A call that was refused for one of its SMS, and one whose
answer did not come, is therefore taken apart.
"""

import logging
import time
from collections import defaultdict
from dataclasses import dataclass, replace

from . import codes
from .account import (
    CODE,
    PORTION,
    SEPARATOR,
    NoAnswerError,
    NotReachedError,
    RefusedError,
    SmsapiError,
)

_logger = logging.getLogger(__name__)

#: Seconds after which no further call is made. Odoo's jobs have a minute.
LONGEST = 40

ACCEPTED = "accepted"
REFUSED = "refused"
NOT_REACHED = "not reached"
UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True)
class Text:
    """An SMS that is to be handed over."""

    uuid: str  # Odoo's name of it
    idx: str  # SMSAPI's
    number: str  # with country, digits alone
    body: str
    plain: str | None = None  # the text without its links, where it has some


@dataclass(frozen=True)
class Outcome:
    """What became of an SMS."""

    kind: str  # one of the four above
    code: int = 0  # SMSAPI's number of the error
    text: str = ""  # SMSAPI's words for it
    smsapi_id: str = ""  # by which SMSAPI names the SMS


def split(texts):
    """Return SMS by the call that they are handed over in: as few as can be.

    Different texts leave in one call, each as a value for its SMS. One that has the
    sign between values in it, or a command of SMSAPI, leaves as a text.

    :param list[Text] texts:
    :return list[list[Text]]:
    """
    alone, together = defaultdict(list), []
    for text in texts:
        if SEPARATOR in text.body or "[%" in text.body:
            alone[text.body].append(text)
        else:
            together.append(text)
    together.sort(key=lambda text: text.body)  # equal ones in one call, where they fit
    return [
        group[start : start + PORTION]
        for group in (*alone.values(), together)
        for start in range(0, len(group), PORTION)
    ]


class Batch:
    """Hands SMS over and notes what becomes of each.

    :param Account account:
    """

    def __init__(self, account):
        self.account = account
        #: Whether a link was refused, and whether one was taken.
        self.is_link_refused = False
        self.is_link_accepted = False
        self._outcomes = {}
        self._end = None  # what holds for all that is left, once there is a reason
        self._deadline = time.monotonic() + LONGEST

    def send(self, texts):
        """Hand SMS over.

        :param list[Text] texts:
        :return dict[Text, Outcome]: by uuid
        """
        for call in split(texts):
            self._send(call)
        return self._outcomes

    def _send(self, texts):
        """Make one call and what has to follow it."""
        if not self._end and time.monotonic() > self._deadline:
            self._end = Outcome(NOT_REACHED)
        if self._end:
            self._note(texts, self._end)
            return
        try:
            results = self.account.send(texts)
        except RefusedError as refusal:
            self._take_apart(texts, refusal)
        except NotReachedError:
            self._end = Outcome(NOT_REACHED)
            self._note(texts, self._end)
        except NoAnswerError:
            self._ask(texts)
        else:
            self._read(texts, results)

    def _note(self, texts, outcome):
        self._outcomes.update(dict.fromkeys((text.uuid for text in texts), outcome))

    # ------------------------------------------------------------------
    # RefusedError
    # ------------------------------------------------------------------

    def _take_apart(self, texts, refusal):
        """Find out whom in a call a refusal is about, and send the others."""
        about = codes.get_meaning(refusal.code).about
        is_link = refusal.code in (codes.LINK, codes.SHORT_LINK)
        if is_link and any(text.plain is not None for text in texts):
            self._send_without_links(texts, refusal)
        elif refusal.code == codes.REPORTS and self.account.give_up_reports():
            _logger.warning(
                "SMSAPI can't report to this Odoo: see the parameter web.base.url"
            )
            self._send(texts)
        elif about != codes.MESSAGE:
            self._end = Outcome(REFUSED, refusal.code, refusal.text)
            self._note(texts, self._end)
        elif len(texts) == 1:
            self._note_refused(texts, refusal)
        else:
            # All of a call that is repeated were taken before, most likely; of others
            # there is one to find among many.
            is_about_all = refusal.code in (codes.SENT_BEFORE, codes.SINGLY)
            size = 1 if is_about_all else (len(texts) + 1) // 2
            for start in range(0, len(texts), size):
                self._send(texts[start : start + size])

    def _note_refused(self, texts, refusal):
        """Note what a refusal means for the SMS that it is about."""
        if refusal.code == codes.SENT_BEFORE:
            self._note(texts, Outcome(ACCEPTED))
        else:
            self._note(texts, Outcome(REFUSED, refusal.code, refusal.text))

    def _send_without_links(self, texts, refusal):
        """Send SMS once more, those that have links without them."""
        self.is_link_refused = True
        rest = []
        for text in texts:
            if text.plain is None:
                rest.append(text)
            elif text.plain:
                rest.append(replace(text, body=text.plain, plain=None))
            else:  # there was nothing but the link
                self._note_refused([text], refusal)
        for call in split(rest):
            self._send(call)

    # ------------------------------------------------------------------
    # In doubt
    # ------------------------------------------------------------------

    def _ask(self, texts):
        """Ask for each SMS of a call whose answer is not known whether it was taken.

        That is: hand it over alone. Either it leaves now, or it has left before. When
        there is no answer again, nobody is kept waiting for the others.
        """
        for number, text in enumerate(texts):
            try:
                self._read_alone(text, self.account.send([text]))
            except RefusedError as refusal:
                if codes.get_meaning(refusal.code).about == codes.MESSAGE:
                    self._take_apart([text], refusal)
                    continue
                # that tells of now, and nothing of the call before
                self._end = Outcome(REFUSED, refusal.code, refusal.text)
                self._note(texts[number:], Outcome(UNCONFIRMED))
                return
            except SmsapiError:
                self._end = Outcome(NOT_REACHED)
                self._note(texts[number:], Outcome(UNCONFIRMED))
                return

    def _read_alone(self, text, results):
        """Note the answer about one SMS.

        :raise NoAnswerError: it does not name the SMS
        """
        if not self._find([text], results):
            raise NoAnswerError()
        self._read([text], results)

    # ------------------------------------------------------------------
    # Answered
    # ------------------------------------------------------------------

    def _read(self, texts, results):
        """Note what the answer to a call says about its SMS."""
        found = self._find(texts, results)
        for text in texts:
            if result := found.get(text.idx):
                self._note_result(text, result)
        if unnamed := [text for text in texts if text.idx not in found]:
            self._ask(unnamed)

    @staticmethod
    def _find(texts, results):
        """Return the results that name one of these SMS by its idx."""
        wanted = {text.idx for text in texts}
        named = {str(result.idx): result for result in results}
        return {idx: result for idx, result in named.items() if idx in wanted}

    def _note_result(self, text, result):
        """Note what SMSAPI says about one SMS."""
        number = "".join(filter(str.isdigit, str(result.number or "")))
        if result.error:
            self._note_refused([text], RefusedError(_to_int(result.error)))
        elif number and number != text.number:
            self._note([text], Outcome(UNCONFIRMED))  # another one's idx
        else:
            self.is_link_accepted |= text.plain is not None
            self._note([text], Outcome(ACCEPTED, smsapi_id=str(result.id or "")))


def _to_int(value):
    return int(value) if CODE.fullmatch(str(value)) else 0
