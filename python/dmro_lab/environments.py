"""The lab's worlds for training loops of your own: Gymnasium environments over ``lab env`` (protocol dmro-env/1)."""

from __future__ import annotations

import json
import subprocess
import weakref
from typing import Any, Optional, Sequence

from .locate import PathLike, home_of, lab_command
from .wire import Actions, Fault, State, World, write_actions

PROTOCOL = "dmro-env/1"


class Environment:
    """Workflows of one scenario, as many side by side as you like, simulated by a lab of its own. Nothing is stored.

    Attributes:
        world: the world as numbers.
        held_out: how many workflows are held out for the evaluation: those of the lab's own runs.
    """

    def __init__(
        self,
        scenario: PathLike,
        *,
        home: Optional[PathLike] = None,
        seed: int = 1,
        held_out: int = 200,
        split: float = 0.0,
        lab: Optional[Sequence[str]] = None,
    ) -> None:
        """Starts the lab.

        Args:
            scenario: a file, or the name of a preset or of a scenario in the library of ``home``.
            home: the data folder; by default the usual one.
            seed: of the training stream.
            held_out: workflows drawn for the evaluation.
            split: share of listed workflows that is held out.
            lab: the command of the lab, where it is not found by itself.
        """
        options = ["--home", str(home_of(home)), "--seed", str(seed), "--held-out", str(held_out), "--split", str(split)]
        self._process = subprocess.Popen(
            [*lab_command(lab), "env", str(scenario), *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self._finalizer = weakref.finalize(self, _end, self._process)
        hello = self._hear()
        if hello.get("protocol") != PROTOCOL:
            self.close()
            raise Fault(f"this lab speaks {hello.get('protocol')}, not {PROTOCOL}")
        self.world = World.read(hello["world"])
        self.held_out: int = hello["heldOut"]

    def reset(
        self, rows: int = 1, *, seed: Optional[int] = None, references: bool = False, continued: bool = False, held_out: bool = False
    ) -> State:
        """Begins workflows.

        Args:
            rows: how many of the training stream, at most 4,096.
            seed: the training stream starts again from it.
            references: whether to be told what each costs at least, which takes time on graphs.
            continued: whether rows that are done continue with another workflow.
            held_out: all held-out workflows instead, a row each.
        """
        return State.read(
            self._ask({"type": "reset", "rows": rows, "seed": seed, "references": references, "continued": continued, "heldOut": held_out})
        )

    def act(self, actions: Actions) -> State:
        """Places the next task of every row: [rows] places. Raises Fault, with nothing placed, for moves that are not allowed."""
        return State.read(self._ask({"type": "step", "actions": write_actions(actions)}))

    def close(self) -> None:
        """Ends the lab of this environment."""
        self._finalizer()

    def __enter__(self) -> "Environment":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, message: dict[str, Any]) -> dict[str, Any]:
        stdin = self._process.stdin
        if stdin is None or stdin.closed:
            raise Fault("the environment is closed")
        try:
            stdin.write(json.dumps(message, allow_nan=False).encode("utf-8") + b"\n")
            stdin.flush()
        except BrokenPipeError:
            pass  # Hearing says what ended it.
        return self._hear()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None and self._process.stderr is not None
        line = self._process.stdout.readline()
        if not line:
            said = self._process.stderr.read().decode("utf-8", "replace").strip()
            self.close()
            raise Fault(said or "the lab ended")
        message: dict[str, Any] = json.loads(line)
        if message["type"] == "fault":
            raise Fault(message["message"])
        return message


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin is not None:
        try:
            process.stdin.close()
        except OSError:
            pass  # It has ended.
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def make(
    scenario: PathLike,
    *,
    home: Optional[PathLike] = None,
    num_envs: Optional[int] = None,
    seed: int = 1,
    held_out: int = 200,
    split: float = 0.0,
    lab: Optional[Sequence[str]] = None,
) -> Any:
    """A Gymnasium environment over one of the lab's worlds; needs gymnasium and numpy. An episode is one workflow, or one batch of graphs.

    Observations are [inputs] float32, actions the place of the next task (Discrete(K)), rewards −F in units of the objective. ``info`` holds
    ``action_mask`` [K], for maskable policies, and ``cost``, Σ F so far. A move that is not allowed raises Fault.

    Args:
        scenario: a file, or the name of a preset or of a scenario in the library of ``home``.
        home: the data folder; by default the usual one.
        num_envs: None for a ``gymnasium.Env``; a number for a ``gymnasium.vector.VectorEnv`` of so many, whose rows restart in the same step.
        seed: of the training stream, until ``reset`` is given another.
        held_out: workflows that are kept for the evaluation (``env.world.reset(held_out=True)``).
        split: share of listed workflows that is held out.
        lab: the command of the lab, where it is not found by itself.
    """
    try:
        from .gym import LabEnv, LabVectorEnv
    except ImportError as error:
        raise ImportError("dmro_lab.make needs gymnasium and numpy; dmro_lab.Environment needs neither") from error
    world = Environment(scenario, home=home, seed=seed, held_out=held_out, split=split, lab=lab)
    return LabEnv(world) if num_envs is None else LabVectorEnv(world, num_envs)


