"""The project's own settings for real processes that tests start: on the test's database, with a short memory.

What a test wants otherwise it says in the environment (``VAR_DIR``, ``BROKER_URL``, ``TEST_DATABASE_NAME``).
"""

import os

from cms.settings import *  # noqa: F403
from cms.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE_NAME"]
# A lost worker's jobs are handed out again after seconds instead of many minutes.
JOB_VISIBILITY_TIMEOUT = 4
