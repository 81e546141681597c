"""The WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
application = get_wsgi_application()
# What was loaded by now stays for good. Put aside, it is neither looked through again and again for garbage, nor copied
# for each process that is forked from this one.
gc.collect()
gc.freeze()
