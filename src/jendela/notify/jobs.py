"""Sending: one job for every message. No text, code or address is written to the log of a server in service."""

import datetime
import json
import logging
import smtplib

from django.core.mail import send_mail
from django.utils import timezone

from jendela.common.encryption import decrypt
from jendela.common.jobs import PermanentError, TemporaryError, job
from jendela.notify.senders import phone_sender
from jendela.notify.texts import Text, text_of

log = logging.getLogger("jendela.notify")


@job("notify.send")
def send(*, channel: str, to: str, template: str, values: str, language: str, until: str = "") -> None:
    """Send one message. `to` and `values` come sealed; an empty `to` is a message to nobody, enqueued so that a page
    takes the same time for everyone. A message that is too late is dropped. May run twice: the code is the same."""
    recipient = decrypt(to)
    if not recipient:
        return
    if until and timezone.now() > datetime.datetime.fromisoformat(until):
        log.warning("a message (%s by %s) came too late and was dropped", template, channel)
        return
    text = text_of(template, json.loads(decrypt(values)), language)
    if channel == "email":
        _mail(recipient, text)
    else:
        phone_sender().send(recipient, text.body)
    log.info("sent %s by %s", template, channel)


def _mail(recipient: str, text: Text) -> None:
    try:
        send_mail(text.subject, text.body, None, [recipient])
    except smtplib.SMTPResponseException as error:
        if 400 <= error.smtp_code < 500:
            raise TemporaryError(f"the mail server answered {error.smtp_code}") from error
        raise PermanentError(f"the mail server answered {error.smtp_code}") from error
    except smtplib.SMTPRecipientsRefused as error:
        raise PermanentError("the mail server refused the address") from error
    except (smtplib.SMTPException, OSError) as error:
        raise TemporaryError(f"the mail server did not take it: {type(error).__name__}") from error
