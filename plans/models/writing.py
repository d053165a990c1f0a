"""What writing together needs beside the words: who is here, and which saves have been answered."""

from typing import Any

from django.db import models

from partners.models import User

from .draft import Item, Plan


class Presence(models.Model):
    """That somebody has the plan open for writing, and on which row. Old after some seconds."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.plan}"


class Operation(models.Model):
    """A step that was answered. When it comes again, as after a lost answer, it is answered the same."""

    id = models.UUIDField(primary_key=True)  # chosen by the page that sends it
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="operations")
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    answer: Any = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return str(self.pk)
