"""Forms for bringing a plan in: a file, or an empty plan with a title."""

from typing import Any, get_args
from uuid import UUID, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from helsefellesskap.forms import field_of
from partners.models import HealthCommunity
from plans.mending import Mend, Verb
from plans.models import Plan, Revision
from plans.preview import READINGS


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Fil"),
        allow_empty_file=True,  # the reader has a sentence of its own for those
        help_text=_(
            "Word (.docx), PowerPoint (.pptx), PDF med tekst (.pdf) eller ren tekst (.txt, .md), høyst 20 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".docx,.pptx,.pdf,.txt,.md"}),
        error_messages={"required": _("Velg en fil først.")},
    )


class RereadForm(forms.Form):
    read_as = forms.ChoiceField(choices=list(READINGS.items()))
    drop_mends = forms.BooleanField(required=False)


class UndoMendForm(forms.Form):
    """What the page sends along: the version that the person saw, and a mark of the page's own."""

    version = forms.IntegerField()
    op = forms.UUIDField()

    def operation(self) -> UUID:
        """The same for the same wish sent twice from one page."""
        return uuid5(self.cleaned_data["op"], self.__class__.__name__)


class MendForm(UndoMendForm):
    verb = forms.ChoiceField(choices=[(verb, verb) for verb in get_args(Verb)])
    key = forms.CharField(max_length=200)
    alike = forms.BooleanField(required=False)

    def mend(self) -> Mend:
        return Mend(*(self.cleaned_data[name] for name in ("verb", "key", "alike")))

    def operation(self) -> UUID:
        return uuid5(self.cleaned_data["op"], " ".join(map(str, self.mend())))


class StartPlanForm(forms.ModelForm):
    """What a new plan is made from, if anything, and what it is called."""

    source = forms.ChoiceField(
        label=_("Lag planen fra"),
        required=False,
        help_text=_(
            "Fra en egen plan: kapitler og mål følger med, og hvert tiltak avgjøres i en liste. "
            "Fra et annet helsefellesskap: hele teksten, med opphavet."
        ),
    )

    class Meta:
        model = Plan
        fields = ("title", "kind")

    def __init__(
        self, *args: Any, community: HealthCommunity, sources: list[Revision], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sources = {str(revision.pk): revision for revision in sources}
        own = [_choice(r) for r in sources if r.plan.community_id == community.pk]
        others = [_choice(r, named=True) for r in sources if r.plan.community_id != community.pk]
        groups = [(_("Egne planer"), own), (_("Andre helsefellesskap"), others)]
        choices: list[Any] = [("", _("Ingenting: en tom plan")), *(group for group in groups if group[1])]
        field_of(self, "source", forms.ChoiceField).choices = choices
        self.fields["title"].required = self.fields["kind"].required = False
        self.fields["title"].help_text = _("Tomt: den gamle planens tittel, med neste år i stedet for dette.")
        self.fields["kind"].help_text = _("Gjelder bare en tom plan.")
        self.order_fields(["source", "title", "kind"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("source"):
            for name in ("title", "kind"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("En tom plan må ha dette."))
        return cleaned


def _choice(revision: Revision, *, named: bool = False) -> tuple[str, str]:
    title = f"{revision.plan.title}, v{revision.number}"
    return str(revision.pk), f"{revision.plan.community.name}: {title}" if named else title
