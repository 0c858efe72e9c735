"""Letters of invitation, and forgetting those that nobody took."""

import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from jendela.common.audit import SYSTEM
from jendela.common.encryption import decrypt
from jendela.common.jobs import TemporaryError, job
from jendela.people.members import actions, moving, reads
from jendela.people.members.choices import InvitationState
from jendela.people.members.models import Invitation
from jendela.ui.templatetags.ui import path


@job("people_members.send_invitation")
def send_invitation(invitation: int, token: str, language: str) -> None:
    """Send the letter, once: not for a link that was replaced, used or withdrawn, nor again after it went out."""
    secret = decrypt(token)
    row = reads.offered(actions.digest_of(secret))
    if (
        row is None
        or row.pk != invitation
        or row.state is not InvitationState.OPEN
        or row.sent_at is not None
    ):
        return
    with translation.override(language):
        subject, body = letter(row, secret)
    try:
        send_mail(subject, body, None, [row.email])
    except smtplib.SMTPRecipientsRefused:
        actions.mark_sent(invitation=row.pk, digest=row.digest, failure="address")
        return
    except smtplib.SMTPResponseException as error:
        actions.mark_sent(invitation=row.pk, digest=row.digest, failure="server")
        if 400 <= error.smtp_code < 500:
            raise TemporaryError(f"the mail server answered {error.smtp_code}") from error
        return
    except (smtplib.SMTPException, OSError) as error:
        actions.mark_sent(invitation=row.pk, digest=row.digest, failure="server")
        raise TemporaryError(f"the mail server did not take it: {type(error).__name__}") from error
    actions.mark_sent(invitation=row.pk, digest=row.digest)


def letter(row: Invitation, token: str) -> tuple[str, str]:
    """Subject and text, in the active language."""
    agency = row.agency.short_name if row.agency else _("semua instansi")
    lines = [
        _("Halo %(name)s,") % {"name": row.name},
        "",
        _("%(inviter)s mengundang Anda bekerja di Jendela Kotawaringin Timur.")
        % {"inviter": row.invited_by.name},
        _("Peran Anda: %(role)s, %(agency)s.") % {"role": row.role_label, "agency": agency},
        str(row.role_sentence),
        "",
        _("Buka tautan ini, lalu tekan Terima:"),
        link(token),
        "",
        _("Tautan berlaku sampai %(day)s dan hanya satu kali.")
        % {"day": date_format(localtime(row.expires_at), "j F Y, H.i")},
        _("Tidak mengenal pengundangnya? Abaikan surat ini."),
        _("Kami tidak pernah meminta OTP, PIN, atau uang."),
    ]
    return _("Undangan bekerja di Jendela"), "\n".join(lines)


def link(token: str) -> str:
    """The whole address of a link, in the active language."""
    return f"{settings.PUBLIC_URL}{path(f'/akun/undangan/{token}/')}"


@job("people_members.forget_invitations", every="40 2 * * *")
def forget_invitations() -> None:
    actions.forget_invitations(by=SYSTEM)


@job("people_members.move_with_merger")
def move_with_merger(merger_id: int) -> None:
    """Open invitations of a merged agency go to its successor; safe to run twice."""
    moving.move_invitations(merger_id=merger_id, by=SYSTEM)


@job("people_members.move_back")
def move_back(merger_id: int) -> None:
    """A merger was taken back: its open invitations return; safe to run twice."""
    moving.move_invitations_back(merger_id=merger_id, by=SYSTEM)
