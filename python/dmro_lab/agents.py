"""Programs that the lab starts: protocol dmro-agent/1 (docs/own-algorithm.md)."""

from __future__ import annotations

import base64
import json
import os
import random
import sys
import traceback
from array import array
from typing import Any, BinaryIO, Callable, Iterator, Mapping, Optional, Sequence

from .wire import Actions, Fault, State, World, numpy, write_actions

PROTOCOL = "dmro-agent/1"


class _Line:
    """Messages over two streams. What the program prints otherwise must not get between them."""

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._source = source
        self._sink = sink

    def hear(self) -> dict[str, Any]:
        line = self._source.readline()
        # The lab is gone.
        return json.loads(line) if line else {"type": "end"}

    def say(self, **message: Any) -> None:
        self._sink.write(json.dumps(message, allow_nan=False).encode("utf-8") + b"\n")
        self._sink.flush()


class Run:
    """A run of the lab, in the hands of your program.

    Attributes:
        world: where it takes place.
        parameters: what the run was asked for with, by key; the lab's own (learnSteps, evaluateEvery, checkpointEvery) among them.
        seed: the run's.
        total: learn steps of the whole run; 0 for programs that place without training.
        step: learn steps made.
        memory: everything that what follows depends on. What is put here is handed to the lab as a checkpoint and is here again
            when a run is resumed: numbers, texts, lists, dicts with texts as keys, bytes, and numpy arrays or ``array`` within them.
        random: a generator whose state is part of the checkpoint.
    """

    def __init__(self, line: _Line, message: Mapping[str, Any], decide: "Decide", metrics: Sequence[str]) -> None:
        self._line = line
        self._decide = decide
        self._metrics = set(metrics)
        self._until = 0
        self._rng: Any = None
        self.world = World.read(message["world"])
        self.parameters: dict[str, Any] = message["parameters"]
        self.seed: int = message["seed"]
        self.total: int = message.get("learnSteps", 0)
        self.step: int = message["step"]
        self.memory: dict[str, Any] = {}
        self.random = random.Random(self.seed)
        if "checkpoint" in message:
            self._restore(json.loads(base64.b64decode(message["checkpoint"])))

    @property
    def rng(self) -> Any:
        """A numpy generator whose state is part of the checkpoint."""
        if self._rng is None:
            if numpy is None:
                raise Fault("run.rng needs numpy; run.random is Python's own")
            self._rng = numpy.random.default_rng(self.seed)
        return self._rng

    @property
    def progress(self) -> float:
        """Share of the learn steps made, from 0 to 1."""
        return self.step / self.total if self.total else 0.0

    def steps(self) -> Iterator[int]:
        """The learn steps to be made, from 1 or from where the run is resumed. Between two of them the lab may ask for decisions and checkpoints."""
        while self._serve():
            while self.step < self._until:
                self.step += 1
                yield self.step
            self._line.say(type="trained", step=self.step)

    def reset(self, rows: int, *, references: bool = False, continued: bool = False) -> State:
        """Begins workflows of the training stream.

        Args:
            rows: how many side by side, at most 4,096.
            references: whether to be told what each of them costs at least, which takes time on graphs.
            continued: whether rows that are done continue with another workflow.
        """
        return self._ask(type="reset", rows=rows, references=references, continued=continued)

    def act(self, actions: Actions) -> State:
        """Places the next task of every row.

        Args:
            actions: [rows] a place for each; what is given for rows that are done is passed over.
        """
        return self._ask(type="step", actions=write_actions(actions))

    def report(self, **values: float) -> None:
        """Puts values of this learn step on the curves: loss, reward, epsilon, learningRate, as the program declares."""
        unknown = set(values) - self._metrics
        if unknown:
            raise Fault(f"{', '.join(sorted(unknown))} was not declared: agent(…, metrics=[…])")
        self._line.say(type="metrics", step=self.step, values={key: float(value) for key, value in values.items()})

    def log(self, text: str) -> None:
        """Writes a line into the run's log."""
        self._line.say(type="log", text=str(text))

    def _ask(self, **message: Any) -> State:
        self._line.say(**message)
        return State.read(self._line.hear())

    def _serve(self) -> bool:
        """Answers the lab until it lets this train, or until it ends; whether there is more to train."""
        while True:
            message = self._line.hear()
            kind = message["type"]
            if kind == "train":
                self._until = message["until"]
                return True
            if kind == "decide":
                self._line.say(type="actions", actions=write_actions(self._decide(self, State.read(message))))
            elif kind == "checkpoint":
                state = json.dumps(self._kept()).encode("utf-8")
                self._line.say(type="checkpoint", state=base64.b64encode(state).decode("ascii"))
            else:
                return False

    def _kept(self) -> dict[str, Any]:
        version, internal, gauss = self.random.getstate()
        rng = None if self._rng is None else self._rng.bit_generator.state
        return {"memory": pack(self.memory), "random": [version, list(internal), gauss], "rng": pack(rng)}

    def _restore(self, kept: Mapping[str, Any]) -> None:
        self.memory = unpack(kept["memory"])
        version, internal, gauss = kept["random"]
        self.random.setstate((version, tuple(internal), gauss))
        if kept["rng"] is not None:
            self.rng.bit_generator.state = unpack(kept["rng"])


#: Learns: uses ``run.steps()``, ``run.reset`` and ``run.act``. What it learned belongs in ``run.memory``.
Train = Callable[[Run], None]
#: Where the next task of each row of a state goes: [rows] places.
Decide = Callable[[Run, State], Actions]


def pack(value: Any) -> Any:
    """A value as JSON that ``unpack`` takes back to the bit. Never runs anything: a checkpoint may come from another machine."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return {"float": value.hex()}
    if isinstance(value, (list, tuple)):
        return [pack(item) for item in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise Fault("run.memory holds a dict whose keys are not all texts; turn them into texts")
        return {"dict": {key: pack(item) for key, item in value.items()}}
    if isinstance(value, (bytes, bytearray)):
        return {"bytes": base64.b64encode(value).decode("ascii")}
    if isinstance(value, array):
        return {"array": value.typecode, "data": base64.b64encode(value.tobytes()).decode("ascii")}
    if numpy is not None and isinstance(value, (numpy.ndarray, numpy.generic)):
        plain = numpy.ascontiguousarray(value)
        if plain.dtype.kind in "biufc":
            data = base64.b64encode(plain.tobytes()).decode("ascii")
            return {"numpy": plain.dtype.str, "shape": list(numpy.shape(value)), "data": data}
    raise Fault(f"run.memory holds a {type(value).__name__}, which cannot be part of a checkpoint")


def unpack(value: Any) -> Any:
    """What ``pack`` was given; tuples are lists."""
    if isinstance(value, list):
        return [unpack(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "dict" in value:
        return {key: unpack(item) for key, item in value["dict"].items()}
    if "float" in value:
        return float.fromhex(value["float"])
    if "bytes" in value:
        return base64.b64decode(value["bytes"])
    if "array" in value:
        return array(value["array"], base64.b64decode(value["data"]))
    if numpy is None:
        raise Fault("the checkpoint holds numpy arrays, and numpy is not installed here")
    plain = numpy.frombuffer(base64.b64decode(value["data"]), dtype=numpy.dtype(value["numpy"]))
    return plain.reshape(value["shape"]).copy()


def agent(
    train: Optional[Train],
    decide: Decide,
    *,
    title: Optional[str] = None,
    summary: Optional[str] = None,
    learn_steps: int = 2000,
    parameters: Sequence[Mapping[str, Any]] = (),
    metrics: Sequence[str] = (),
    deterministic: bool = False,
) -> None:
    """Makes this program an algorithm of the lab; returns when the lab is done with it.

    Everything that is printed goes to stderr, whose end the lab shows where something goes wrong.

    Args:
        train: learns; None for programs that place without training.
        decide: where the next task of each row of a state goes, [rows] places.
        title: what the algorithm is called; by default the name it is registered by.
        summary: one sentence about it.
        learn_steps: learn steps of a run unless something else is asked for.
        parameters: the program's own, each {"key", "type": "integer" | "number" | "choice" | "switch", "default"} with "min" and "max" for
            numbers, "choices" for choices, and if you like "label", "sentence", "unit", "symbol", "common".
        metrics: those of loss, reward, epsilon and learningRate that it reports.
        deterministic: whether it places the same whatever the seed; then runs of several seeds count as one.
    """
    # Whatever else writes to the file descriptor of stdout, C libraries too, writes to stderr from now on.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    line = _Line(sys.stdin.buffer, sink)
    declared = [dict(parameter) for parameter in parameters]
    about: dict[str, Any] = {"title": title, "summary": summary, "made": _made(), "learnSteps": None if train is None else learn_steps}
    if deterministic:
        about["deterministic"] = True
    try:
        _follow(line, train, decide, metrics, {**{key: value for key, value in about.items() if value is not None}, "parameters": declared})
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(1)
    except Exception as error:
        traceback.print_exc()
        sys.stderr.flush()
        try:
            line.say(type="fault", message=f"{type(error).__name__}: {error}")
        except OSError:
            pass  # The lab is gone: nobody is left to be told.
        sys.exit(1)


def _follow(line: _Line, train: Optional[Train], decide: Decide, metrics: Sequence[str], about: dict[str, Any]) -> None:
    message = line.hear()
    if message["type"] == "end":
        return
    line.say(type="hello", protocol=PROTOCOL, metrics=list(metrics), **about)
    message = line.hear()
    if message["type"] == "end":
        return
    run = Run(line, message, decide, metrics)
    line.say(type="ready")
    if train is not None:
        train(run)
    # A train function may return before all learn steps are made: then what is left does nothing.
    for _ in run.steps():
        pass


def _made() -> str:
    version = ".".join(str(part) for part in sys.version_info[:2])
    return f"Python {version}" if numpy is None else f"Python {version}, numpy {numpy.__version__}"
