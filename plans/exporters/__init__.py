"""From a document to a file. Nothing here reads rows; what is known beside the words comes as facts."""


class RenderingFailed(Exception):
    """The renderer had something to remark. Such a file is never published."""
