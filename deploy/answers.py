"""Whether the web server answers at all; what is amiss behind it, ``/health/`` tells to people and monitors."""

import os
import sys
import urllib.error
import urllib.request

HOST = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
REQUEST = urllib.request.Request("http://127.0.0.1:8000/health/", headers={"Host": HOST, "X-Forwarded-Proto": "https"})

if __name__ == "__main__":
    try:
        urllib.request.urlopen(REQUEST, timeout=5).close()  # noqa: S310 - our own address
    except urllib.error.HTTPError as error:
        sys.exit(int(error.code != 503))
    except OSError as error:
        sys.exit(str(error))
