"""Your own offloading algorithms in the DMRO lab, its worlds for any training loop, and its history.

Standard library alone; numpy, gymnasium and pandas are used where they are installed.

* ``agent(train, decide)`` makes a program that the lab starts, trains and judges (protocol dmro-agent/1).
* ``make(scenario)`` is a Gymnasium environment over one of the lab's worlds.
* ``History(home)`` reads runs, curves, evaluations, placements and comparisons of a data folder.
"""

from .agents import Run, agent
from .environments import Environment, make
from .history import Curve, DamagedRecord, History
from .wire import Fault, State, World, best

__all__ = [
    "Curve",
    "DamagedRecord",
    "Environment",
    "Fault",
    "History",
    "Run",
    "State",
    "World",
    "agent",
    "best",
    "make",
]
__version__ = "0.2.0"
