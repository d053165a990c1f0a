"""Static files as production serves them: each under an address that holds its contents' hash."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also what a module imports, which a browser would otherwise keep past the next deploy.

    Modules must not import each other in a circle: no hash could hold the other's.
    """

    support_js_module_import_aggregation = True
