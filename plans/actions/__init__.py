"""Every write that is more than one row or a change of state: verbs with keyword arguments.

They lock, check the rule and the state, write, audit and queue in one transaction, and raise the
typed errors of `helsefellesskap.errors`.
"""

from .adopt import DecisionFacts, adopt, request_pdf
from .publish_received import publish_received

__all__ = ["DecisionFacts", "adopt", "publish_received", "request_pdf"]
