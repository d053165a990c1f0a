"""The prioritised patient groups that plans are measured against.

The first four are the national groups of Nasjonal helse- og sykehusplan 2020–2023; Meld. St. 9
(2023–2024) adds the fifth; habilitation and rehabilitation are tracked by some communities.
"""

from django.utils.translation import gettext_lazy as _

PATIENT_GROUPS = {
    "children_youth": _("Barn og unge"),
    "mental_health_substance": _("Personer med alvorlige psykiske lidelser og rusproblemer"),
    "frail_elderly": _("Skrøpelige eldre"),
    "multiple_chronic": _("Personer med flere kroniske lidelser"),
    "maternity": _("Svangerskap, fødsel og barsel"),
    "habilitation": _("Habilitering"),
    "rehabilitation": _("Rehabilitering"),
}
