"""What travels in a line of JSON between a program and the lab."""

from __future__ import annotations

import base64
import sys
from array import array
from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence, Union

try:
    import numpy
except ImportError:  # The standard library will do.
    numpy = None  # type: ignore[assignment]

#: A numpy array where numpy is installed; otherwise an ``array`` for one dimension and a list of them, row by row, for two.
Array = Any
#: One place for each row.
Actions = Union[Sequence[int], Array]

_CODES = {"float32": "f", "int32": "i", "uint8": "B"}


class Fault(Exception):
    """The lab, or a program, was asked for something that makes no sense; the text says what."""


def read_array(message: Mapping[str, Any]) -> Array:
    """The array of a message: ``dtype`` (float32, int32 or uint8), ``shape`` of one or two dimensions, ``data`` in base64."""
    data = base64.b64decode(message["data"])
    shape = message["shape"]
    dtype = message["dtype"]
    if numpy is not None:
        return numpy.frombuffer(data, dtype=numpy.dtype(dtype).newbyteorder("<")).reshape(shape)
    values = array(_CODES[dtype])
    values.frombytes(data)
    if sys.byteorder == "big" and values.itemsize > 1:
        values.byteswap()
    if len(shape) == 1:
        return values
    rows, length = shape
    return [values[row * length : (row + 1) * length] for row in range(rows)]


def write_array(values: Array, dtype: str) -> dict[str, Any]:
    """A message of one dimension. ``dtype``: float32, int32 or uint8."""
    if numpy is not None:
        plain = numpy.ascontiguousarray(values, dtype=numpy.dtype(dtype).newbyteorder("<"))
        return {"dtype": dtype, "shape": list(plain.shape), "data": base64.b64encode(plain.tobytes()).decode("ascii")}
    packed = array(_CODES[dtype], values)
    if sys.byteorder == "big" and packed.itemsize > 1:
        packed.byteswap()
    return {"dtype": dtype, "shape": [len(packed)], "data": base64.b64encode(packed.tobytes()).decode("ascii")}


def write_actions(actions: Actions) -> Any:
    """Actions as a message. Numbers that are not whole are left for the lab to refuse."""
    if numpy is not None and isinstance(actions, numpy.ndarray):
        flat = actions.reshape(-1) if actions.ndim != 1 and actions.size == len(actions) else actions
        return write_array(flat, "float32" if flat.dtype.kind == "f" else "int32")
    return [action if isinstance(action, (int, float)) else int(action) for action in actions]


@dataclass(frozen=True)
class World:
    """A world as numbers.

    Attributes:
        scenario: what it is called.
        states: "chains" or "graphs", which says how states are described.
        places: K, where a task may go; place 0 is the workflow's own device.
        tasks: N, tasks of the longest workflow.
        together: M, workflows that are placed together in one row; 1 for chains.
        inputs: numbers that describe a state.
        cost_scale: the mean cost of a task that stays on its device, in units of the objective.
        energy_weight: δ, the weight of energy in the objective.
    """

    scenario: str
    states: str
    places: int
    tasks: int
    together: int
    inputs: int
    cost_scale: float
    energy_weight: float

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "World":
        return cls(
            scenario=told["scenario"],
            states=told["states"],
            places=told["places"],
            tasks=told["tasks"],
            together=told["together"],
            inputs=told["inputs"],
            cost_scale=told["costScale"],
            energy_weight=told["energyWeight"],
        )


@dataclass(frozen=True)
class State:
    """Several workflows side by side, a row each, before their next task is placed.

    Attributes:
        observations: [rows, inputs] float32; zeros for rows that are done.
        moves: [rows, places] uint8, 1 where the next task may go; none for rows that are done.
        rewards: [rows] float32, −F of the last move in units of the objective; None after a reset.
        dones: [rows] uint8, 1 where the last move placed the last task; None after a reset.
        costs: [rows] float32, Σ F so far; Q where done; None after a reset.
        references: of each row {"kind", "lower", "upper"}, what it costs at least, where that was asked for.
        rows: [rows] int32, which of the held-out workflows these are, where the lab asks for decisions.
        first: whether the lab asks for the first decision of its held-out workflows.
    """

    observations: Array
    moves: Array
    rewards: Array = None
    dones: Array = None
    costs: Array = None
    references: Optional[list[dict[str, Any]]] = None
    rows: Array = None
    first: bool = False

    @classmethod
    def read(cls, message: Mapping[str, Any]) -> "State":
        def of(key: str) -> Array:
            return read_array(message[key]) if key in message else None

        return cls(
            observations=of("observations"),
            moves=of("moves"),
            rewards=of("rewards"),
            dones=of("dones"),
            costs=of("costs"),
            references=message.get("references"),
            rows=of("rows"),
            first=message.get("first") is True,
        )

    def __len__(self) -> int:
        return len(self.moves)

    @property
    def live(self) -> Array:
        """[rows] bool: whether a row still has a task to be placed."""
        if numpy is not None:
            return self.moves.any(axis=1)
        return [any(row) for row in self.moves]

    @property
    def finished(self) -> bool:
        """Whether all rows are done."""
        return not self.moves.any() if numpy is not None else not any(any(row) for row in self.moves)


def best(values: Array, moves: Array) -> Array:
    """[rows] the place of the greatest value among those allowed; 0 for rows that are done.

    Args:
        values: [rows, places].
        moves: [rows, places], as in a state.
    """
    if numpy is not None:
        return numpy.where(numpy.asarray(moves) > 0, values, -numpy.inf).argmax(axis=1)
    return [
        max((place for place in range(len(row)) if row[place]), key=lambda place: own[place], default=0)
        for own, row in zip(values, moves)
    ]
