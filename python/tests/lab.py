"""The lab itself, for tests that need one: nothing here pretends to be it."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from dmro_lab.locate import lab_command

PYTHON = Path(__file__).resolve().parents[1]
EXAMPLES = PYTHON / "examples"


class Lab:
    """A data folder of its own."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="dmro-lab-test-")
        self.home = Path(self._folder.name)

    def run(self, *arguments: str, code: int = 0) -> str:
        """What a command line prints."""
        environment = {**os.environ, "DMRO_HOME": str(self.home)}
        done = subprocess.run([*lab_command(), *arguments], capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL)
        assert done.returncode == code, f"{arguments} ended with {done.returncode}: {done.stdout} {done.stderr}"
        return done.stdout + done.stderr

    def json(self, *arguments: str):
        environment = {**os.environ, "DMRO_HOME": str(self.home)}
        done = subprocess.run([*lab_command(), *arguments, "--json"], capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL)
        return json.loads(done.stdout)

    def close(self) -> None:
        self._folder.cleanup()


class WithLab(unittest.TestCase):
    """Tests of one data folder."""

    lab: Lab

    @classmethod
    def setUpClass(cls) -> None:
        cls.lab = Lab()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.lab.close()


def has(package: str) -> bool:
    try:
        __import__(package)
        return True
    except ImportError:
        return False


def interpreter() -> str:
    return sys.executable
