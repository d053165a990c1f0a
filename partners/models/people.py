"""People, and the dated facts that give them rights on a party's side."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .communities import HealthCommunity, Partner


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **facts: Any) -> "User":
        user = self.model(email=email.strip().lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **facts: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **facts)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who was invited. Deactivated when they leave, never deleted."""

    email = models.EmailField(_("e-post"), unique=True)
    name = models.CharField(_("navn"), max_length=200)
    # Of what is sent to them; empty is the form of the community that it comes from.
    language = models.CharField(_("språk"), max_length=2, choices=settings.LANGUAGES, blank=True)
    is_active = models.BooleanField(_("aktiv"), default=True)
    is_staff = models.BooleanField(_("systemforvalter"), default=False)
    date_joined = models.DateTimeField(_("invitert"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    # The roles that hold today, as `partners.roles` read them for this request.
    _held_roles: frozenset[tuple[str, int]]

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="user_email_is_lower_case",
                violation_error_message=_("E-postadressen skrives med små bokstaver."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        return self.name


class _Dated(models.Model):
    start = models.DateField(_("fra"), default=timezone.localdate)
    end = models.DateField(_("til og med"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="%(class)s_ends_after_start",
                violation_error_message=_("Sluttdatoen er før startdatoen."),
            ),
        ]


class SecretariatPlace(_Dated):
    """Who works in a community's secretariat, and when."""

    community = models.ForeignKey(
        HealthCommunity, models.PROTECT, related_name="secretariat", verbose_name=_("helsefellesskap")
    )
    user = models.ForeignKey(
        User, models.PROTECT, related_name="secretariat_places", verbose_name=_("bruker")
    )
    title = models.CharField(_("tittel"), max_length=200, blank=True)

    class Meta(_Dated.Meta):
        verbose_name = _("plass i sekretariatet")
        verbose_name_plural = _("plasser i sekretariatet")

    def __str__(self) -> str:
        return f"{self.user} – {self.community}"


class Representative(_Dated):
    """Who speaks for a party in a community, and when."""

    community = models.ForeignKey(
        HealthCommunity, models.PROTECT, related_name="representatives", verbose_name=_("helsefellesskap")
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="representatives", verbose_name=_("part")
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="representations", verbose_name=_("bruker"))

    class Meta(_Dated.Meta):
        verbose_name = _("representant")
        verbose_name_plural = _("representanter")

    def __str__(self) -> str:
        return f"{self.user} – {self.partner}"
