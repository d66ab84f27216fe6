"""The software bill of materials of a release: every pinned package with its hashes and its licence, as CycloneDX 1.6.

Run as ``python .ci/sbom.py > sbom.json``, in an environment that the packages are installed in. What is pinned and not
installed, such as a package for another system, is listed without a licence. The same tree gives the same bytes.
"""

import json
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bill() -> dict[str, Any]:
    """The document."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = PINNED.findall((ROOT / "hashes.txt").read_text(encoding="utf-8"))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", **_named(project["name"], project["version"])}},
        "components": [_component(name, version, rest) for name, version, rest in pins],
    }


def _named(name: str, version: str) -> dict[str, str]:
    address = f"pkg:pypi/{name.lower()}@{version}"
    return {"bom-ref": address, "name": name, "version": version, "purl": address}


def _component(name: str, version: str, rest: str) -> dict[str, Any]:
    licence = _licence(name, version)
    # CycloneDX keeps the hashes of a thing, and a pin may be any of several files of it: each is a file of its own.
    files = [{"type": "file", "name": f"sha256:{each}", "hashes": [_sha256(each)]} for each in HASH.findall(rest)]
    return {
        "type": "library",
        **_named(name, version),
        **({"licenses": [{"license": {"name": licence}}]} if licence else {}),
        "components": files,
    }


def _sha256(digest: str) -> dict[str, str]:
    return {"alg": "SHA-256", "content": digest}


def _licence(name: str, version: str) -> str:
    """As its package states it; empty where it is not installed in that version, or states none."""
    try:
        found = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    if found["Version"] != version:
        return ""
    classified = [each.rpartition(" :: ")[2] for each in found.get_all("Classifier", []) if each.startswith("License")]
    stated = found.get("License-Expression") or " and ".join(classified) or (found.get("License") or "")
    return stated.partition("\n")[0][:120]


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1)
    sys.stdout.write("\n")
