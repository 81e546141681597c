"""The WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
application = get_wsgi_application()

from cms.pages.generation import release  # noqa: E402

# Now, for all processes that are forked from this one, and before anything changes on the disk.
release()
# What was loaded by now stays for good. Put aside, it is neither looked through again and again for garbage, nor copied
# for each process that is forked from this one.
gc.collect()
gc.freeze()
