from .agreements import Agreement, AgreementParty
from .audit import Audit
from .communities import HealthCommunity, Membership, Partner, RoleParty
from .files import StoredFile
from .people import Representative, SecretariatPlace, User

__all__ = [
    "Agreement",
    "AgreementParty",
    "Audit",
    "HealthCommunity",
    "Membership",
    "Partner",
    "Representative",
    "RoleParty",
    "SecretariatPlace",
    "StoredFile",
    "User",
]
