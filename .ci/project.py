"""Run one command of the project in its environment: ``python3 .ci/project.py manage.py demo``."""

import os
import sys

from bootstrap import ROOT, SetUpError, ensure

if __name__ == "__main__":
    try:
        python = ensure("test" if "tests" in " ".join(sys.argv[1:]) else "base")
    except SetUpError as error:
        sys.exit(str(error))
    os.chdir(ROOT)
    os.execv(python, [str(python), *sys.argv[1:]])
