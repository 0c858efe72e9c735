"""Tables of rounds."""

from jendela.registry.campaigns.models.chasing import LadderStep, Reminder
from jendela.registry.campaigns.models.links import LinkCode, LinkDevice, PersonalLink
from jendela.registry.campaigns.models.questions import Question, QuestionSet
from jendela.registry.campaigns.models.rounds import Bundle, HandOver, Item, ItemVersion, Message, Round
from jendela.registry.campaigns.models.seal import Attestation, Exemption

__all__ = [
    "Attestation",
    "Bundle",
    "Exemption",
    "HandOver",
    "Item",
    "ItemVersion",
    "LadderStep",
    "LinkCode",
    "LinkDevice",
    "Message",
    "PersonalLink",
    "Question",
    "QuestionSet",
    "Reminder",
    "Round",
]
