"""How fast the lab's worlds answer a training loop: python3 -m dmro_lab.bench [SCENARIO…]."""

from __future__ import annotations

import sys
import time

from .environments import Environment

ROWS = 64
SECONDS = 3.0


def steps_per_second(scenario: str, rows: int = ROWS, seconds: float = SECONDS) -> float:
    """Environment steps a second, a row a step, with the first place for every task: all that is not a training loop's own."""
    with Environment(scenario) as world:
        actions = [0] * rows
        world.reset(rows, continued=True)
        for _ in range(50):
            world.act(actions)
        steps, began = 0, time.perf_counter()
        while time.perf_counter() - began < seconds:
            world.act(actions)
            steps += rows
        return steps / (time.perf_counter() - began)


if __name__ == "__main__":
    for name in sys.argv[1:] or ["one-edge-one-cloud", "two-edges-two-clouds", "shared-1x20", "shared-4x10"]:
        print(f"{name}: {steps_per_second(name):,.0f} environment steps/s in batches of {ROWS}")
