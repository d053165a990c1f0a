from .agreements import Agreement, AgreementParty
from .audit import Audit
from .communities import HealthCommunity, Membership, Partner, RoleParty
from .files import StoredFile
from .notices import Notice, NoticeOff, Sending
from .people import Representative, SecretariatPlace, User

__all__ = [
    "Agreement",
    "AgreementParty",
    "Audit",
    "HealthCommunity",
    "Membership",
    "Notice",
    "NoticeOff",
    "Partner",
    "Representative",
    "RoleParty",
    "SecretariatPlace",
    "Sending",
    "StoredFile",
    "User",
]
