"""The browser, the site and the watch, for every journey."""

from tests.browsers import (  # noqa: F401
    base_url,
    browser_type_launch_args,
    collected_static,
    open_context,
    site,
    watch,
)
