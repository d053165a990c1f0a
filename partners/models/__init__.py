from .agreements import Agreement, AgreementParty, AgreementVersion
from .audit import Audit
from .communities import HealthCommunity, Membership, Partner, RoleParty
from .files import StoredFile
from .notices import Notice, NoticeOff, Sending
from .people import Representative, SecretariatPlace, User

__all__ = [
    "Agreement",
    "AgreementParty",
    "AgreementVersion",
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
