#!/bin/sh
# What must be done once for each new version, before it is served. Safe to repeat.
set -e
python manage.py migrate --no-input
python manage.py collectstatic --no-input --clear --verbosity 0
python manage.py check --deploy --fail-level WARNING
