"""An example of an answer for each list, as OpenAPI shows them. `tests` hold them to the schemas."""

EXAMPLES: dict[str, object] = {}
