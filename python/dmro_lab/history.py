"""The history of a lab, read from Python: runs, curves, evaluations, placements, comparisons. Nothing is ever written."""

from __future__ import annotations

import json
import math
import sqlite3
import struct
import subprocess
import sys
import zlib
from array import array
from typing import Any, Iterable, NamedTuple, Optional, Sequence, Union
from urllib.parse import quote

from .locate import PathLike, home_of, lab_command
from .wire import Array, Fault, numpy

#: What SQLite knows the lab's databases by.
_APPLICATION = 1145917007
_REALS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class DamagedRecord(Exception):
    """What is stored does not match its checksum."""


class Curve(NamedTuple):
    """A curve of a run.

    Attributes:
        steps: [points] float64, learn steps, or evaluations of a search; ascending.
        values: [points] float64, in the metric's unit: gap is a share (0.01 is 1 %), delay seconds, energy joules, speed learn steps/s.
    """

    steps: Array
    values: Array


class History:
    """A data folder, to be read; also beside a lab that is running, whose work it never holds up.

    Attributes:
        home: the data folder.
    """

    def __init__(self, home: Optional[PathLike] = None, *, lab: Optional[Sequence[str]] = None) -> None:
        """Opens a data folder.

        Args:
            home: the data folder; else DMRO_HOME, else the usual one.
            lab: the command of the lab, which ``placements`` asks; found by itself where it can be.

        Raises:
            Fault: where there is no lab in it.
        """
        self.home = home_of(home)
        self._lab = lab
        file = self.home / "lab.sqlite"
        if not file.is_file():
            raise Fault(f"there is no lab in {self.home}")
        self._db = sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        if self._db.execute("pragma application_id").fetchone()[0] != _APPLICATION:
            self._db.close()
            raise Fault(f"{file} is not the database of a lab")

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> "History":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def runs(self, **wanted: Any) -> list[dict[str, Any]]:
        """Every run that is not in the bin, oldest first.

        Args:
            **wanted: only those with these values, such as ``algorithm="dqn", status="completed", scenario="one edge, one cloud"``.

        Returns:
            dicts of id, experiment, scenario, algorithm, parameters, seed, environments (the name of a set), status, message, learn_steps,
            total_learn_steps, seconds, queued_at, started_at, ended_at (milliseconds since 1970), tags, note, pinned, archived, and
            evaluation: None until there is one, else a dict with meanCost (Q), gapMean, gapP95, gapMax (shares), meanDelaySeconds,
            meanEnergyJoules, decisionMs (per workflow), workflows and more, by the lab's own names.
        """
        rows = self._db.execute(
            """select run.*, experiment.name as experiment, scenario.name as scenario,
                      run_marks.tags, run_marks.note, run_marks.pinned, run_marks.archived
               from run join experiment on experiment.id = run.experiment_id join scenario on scenario.id = run.scenario_id
               left join run_marks on run_marks.run = run.number
               where run.deleted_at is null order by run.number"""
        )
        runs = [_run_of(row) for row in rows]
        return [run for run in runs if all(run.get(key) == value for key, value in wanted.items())]

    def run(self, run: str) -> dict[str, Any]:
        """One run, as in ``runs``. Raises KeyError where there is none of that id."""
        found = self.runs(id=run)
        if not found:
            raise KeyError(f"there is no run {run}")
        return found[0]

    def metrics(self, run: str) -> list[str]:
        """The curves that a run has, by their metric."""
        number = self._number(run)
        rows = self._db.execute("select distinct key from chunk join metric on metric.id = chunk.metric where run = ? order by metric.id", (number,))
        return [row["key"] for row in rows]

    def curve(self, run: str, metric: str) -> Curve:
        """Every point of a curve; empty where there is none. Raises DamagedRecord."""
        number = self._number(run)
        steps, values = array("d"), array("d")
        rows = self._db.execute(
            "select chunk.* from chunk join metric on metric.id = chunk.metric where run = ? and key = ? order by sequence", (number, metric)
        )
        for row in rows:
            _check_chunk(row, run, metric)
            values.frombytes(_native(row["curve_values"]))
            if row["stride"] is None:
                steps.frombytes(_native(row["steps"]))
            else:
                steps.extend(row["first_step"] + i * row["stride"] for i in range(row["points"]))
        return Curve(_floats(steps), _floats(values))

    def evaluation(self, run: str) -> Optional[dict[str, Any]]:
        """A run's evaluation with ``gaps`` and ``costs`` ([workflows] float64, in the order of the held-out workflows); None where there is none."""
        row = self._db.execute("select number, evaluation from run where id = ? and deleted_at is null", (run,)).fetchone()
        if row is None:
            raise KeyError(f"there is no run {run}")
        if row["evaluation"] is None:
            return None
        summary: dict[str, Any] = _reals(row["evaluation"])
        values = self._db.execute("select crc, gaps, costs from evaluation_values where run = ?", (row["number"],)).fetchone()
        if values is not None:
            if zlib.crc32(values["costs"], zlib.crc32(values["gaps"])) != values["crc"]:
                raise DamagedRecord(f"the evaluation of run {run} does not match its checksum")
            for key in ("gaps", "costs"):
                floats = array("d")
                floats.frombytes(_native(values[key]))
                summary[key] = _floats(floats)
        return summary

    def log(self, run: str) -> list[dict[str, Any]]:
        """The lines of a run's log: at (milliseconds since 1970), level, text."""
        rows = self._db.execute("select at, level, line from log where run = ? order by id", (self._number(run),))
        return [{"at": row["at"], "level": row["level"], "text": row["line"]} for row in rows]

    def scenario(self, run: str) -> dict[str, Any]:
        """The scenario of a run, as its document."""
        row = self._db.execute(
            "select document from scenario join run on run.scenario_id = scenario.id where run.number = ?", (self._number(run),)
        ).fetchone()
        return json.loads(row["document"])  # type: ignore[no-any-return]

    def experiments(self) -> list[dict[str, Any]]:
        """Every experiment, oldest first: id, name, note, document, created_at and the ids of its runs."""
        runs: dict[int, list[str]] = {}
        for row in self._db.execute("select id, experiment_id from run where deleted_at is null order by number"):
            runs.setdefault(row["experiment_id"], []).append(row["id"])
        return [
            {
                "id": row["id"],
                "name": row["name"],
                "note": row["note"],
                "document": None if row["document"] is None else json.loads(row["document"]),
                "created_at": row["created_at"],
                "runs": runs.get(row["id"], []),
            }
            for row in self._db.execute("select * from experiment order by id")
        ]

    def comparisons(self) -> list[dict[str, Any]]:
        """Saved comparisons, newest first: id, name, note, runs (ids), against (the id of a run, or None), look, saved_at."""
        rows = self._db.execute("select * from comparison where deleted_at is null order by saved_at desc, id desc")
        return [
            {
                "id": row["id"],
                "name": row["name"],
                "note": row["note"],
                "runs": json.loads(row["runs"]),
                "against": row["against"],
                "look": json.loads(row["look"]),
                "saved_at": row["saved_at"],
            }
            for row in rows
        ]

    def placements(self, run: str) -> dict[str, Any]:
        """How a run placed its held-out workflows: what ``lab runs placements`` says, which places them again by the stored policy or rule.

        Returns:
            a dict of ``workflows`` (id, device, tasks, cost, gap, and ``placement``: node by task) and ``places`` (the share of tasks that
            each node has, by this run and by the optimum).

        Raises:
            Fault: where the run cannot be looked into, with the reason.
        """
        command = [*lab_command(self._lab), "runs", "placements", run, "--json", "--home", str(self.home)]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if done.returncode != 0:
            raise Fault(done.stderr.decode("utf-8", "replace").strip() or f"the lab ended with exit code {done.returncode}")
        return json.loads(done.stdout)  # type: ignore[no-any-return]

    def frame(self, **wanted: Any) -> Any:
        """The runs as a pandas data frame: as ``runs``, with a column for each parameter and for each number of the evaluation."""
        pandas = _pandas()
        rows = []
        for run in self.runs(**wanted):
            flat = {key: value for key, value in run.items() if key not in ("parameters", "evaluation")}
            evaluation = run["evaluation"] or {}
            flat.update({f"parameters.{key}": value for key, value in run["parameters"].items()})
            flat.update({key: value for key, value in evaluation.items() if isinstance(value, (int, float))})
            rows.append(flat)
        return pandas.DataFrame(rows)

    def curves_frame(self, runs: Iterable[Union[str, dict[str, Any]]], metric: str = "gap") -> Any:
        """Curves of several runs as one pandas data frame: run, algorithm, seed, step, value."""
        pandas = _pandas()
        frames = []
        for each in runs:
            run = self.run(each) if isinstance(each, str) else each
            steps, values = self.curve(run["id"], metric)
            frames.append(
                pandas.DataFrame({"run": run["id"], "algorithm": run["algorithm"], "seed": run["seed"], "step": list(steps), "value": list(values)})
            )
        columns = ["run", "algorithm", "seed", "step", "value"]
        return pandas.concat(frames, ignore_index=True) if frames else pandas.DataFrame(columns=columns)

    def _number(self, run: str) -> int:
        row = self._db.execute("select number from run where id = ? and deleted_at is null", (run,)).fetchone()
        if row is None:
            raise KeyError(f"there is no run {run}")
        return int(row["number"])


def _run_of(row: sqlite3.Row) -> dict[str, Any]:
    spec = json.loads(row["spec"])
    environments = spec.get("environments")
    return {
        "id": row["id"],
        "experiment": row["experiment"],
        "scenario": row["scenario"],
        "algorithm": spec["algorithm"],
        "parameters": spec["parameters"],
        "seed": spec["seed"],
        "environments": environments["name"] if environments else None,
        "status": row["status"],
        "message": row["message"],
        "learn_steps": row["learn_steps"],
        "total_learn_steps": row["total_learn_steps"],
        "seconds": row["seconds"],
        "queued_at": row["queued_at"],
        "started_at": row["started_at"],
        "ended_at": row["ended_at"],
        "tags": json.loads(row["tags"]) if row["tags"] else [],
        "note": row["note"],
        "pinned": bool(row["pinned"]),
        "archived": bool(row["archived"]),
        "evaluation": None if row["evaluation"] is None else _reals(row["evaluation"]),
    }


def _check_chunk(row: sqlite3.Row, run: str, metric: str) -> None:
    """Compares a stretch of a curve with its checksum, which covers where it belongs as well."""
    numbers = [
        math.nan if row[key] is None else row[key]
        for key in ("run", "metric", "sequence", "points", "first_step", "last_step", "stride", "least", "greatest", "sum", "finite")
    ]
    crc = zlib.crc32(struct.pack("<11d", *numbers))
    if row["steps"] is not None:
        crc = zlib.crc32(row["steps"], crc)
    if zlib.crc32(row["curve_values"], crc) != row["crc"] or len(row["curve_values"]) != 8 * row["points"]:
        raise DamagedRecord(f"a stretch of the {metric} curve of run {run} does not match its checksum")


def _native(blob: bytes) -> bytes:
    """Little-endian float64 in this machine's order."""
    if sys.byteorder == "little":
        return blob
    floats = array("d")
    floats.frombytes(blob)
    floats.byteswap()
    return floats.tobytes()


def _floats(values: "array[float]") -> Array:
    return values if numpy is None else numpy.array(values, dtype=numpy.float64)


def _reals(text: str) -> Any:
    """JSON in which NaN and ±Infinity are texts."""
    return _restored(json.loads(text)) if any(f'"{word}"' in text for word in _REALS) else json.loads(text)


def _restored(value: Any) -> Any:
    if isinstance(value, str):
        return _REALS.get(value, value)
    if isinstance(value, list):
        return [_restored(item) for item in value]
    if isinstance(value, dict):
        return {key: _restored(item) for key, item in value.items()}
    return value


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise ImportError("data frames need pandas; runs() and curve() do without") from error
    return pandas
