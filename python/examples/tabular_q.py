"""Tabular Q-learning without any package: a table by tasks left, previous place and the size of what has to move.

lab agents add tabular-q -- python3 python/examples/tabular_q.py
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import dmro_lab
from dmro_lab import Run, State

#: Steps that sizes, which are between 0 and 1 or 2, are told apart by.
GRID = 4


def keys_of(run: Run, state: State) -> list[str]:
    """[rows] the entry of the table that each row's state belongs to."""
    places = run.world.places
    keys = []
    for row in state.observations:
        numbers = [float(number) for number in row]
        previous = max(range(places), key=lambda place: numbers[place])
        rest = numbers[places:]
        left = sum(number > 0 for number in rest[1::2])
        # What comes to the task, its work, and what it sends on.
        near = [min(2 * GRID, int(GRID * number)) for number in rest[:3]]
        keys.append(f"{left} {previous} {near}")
    return keys


def values_of(run: Run, key: str) -> list[float]:
    return run.memory["table"].setdefault(key, [0.0] * run.world.places)


def best(run: Run, key: str, moves: "list[int]") -> int:
    legal = [place for place in range(len(moves)) if moves[place]]
    known = run.memory["table"].get(key)
    return max(legal, key=lambda place: known[place]) if known else legal[0]


def train(run: Run) -> None:
    run.memory.setdefault("table", {})
    rows = run.parameters["workflows"]
    for step in run.steps():
        rate = run.parameters["rate"]
        epsilon = max(0.05, 1 - step / (0.5 * run.total))
        state = run.reset(rows)
        error, moves = 0.0, 0
        while not state.finished:
            keys, live = keys_of(run, state), list(state.live)
            actions = [0] * rows
            for row in range(rows):
                if live[row]:
                    legal = [place for place in range(run.world.places) if state.moves[row][place]]
                    actions[row] = run.random.choice(legal) if run.random.random() < epsilon else best(run, keys[row], list(state.moves[row]))
            state = run.act(actions)
            after = keys_of(run, state)
            for row in range(rows):
                if not live[row]:
                    continue
                target = float(state.rewards[row])
                if not state.dones[row]:
                    following = values_of(run, after[row])
                    target += max(following[place] for place in range(run.world.places) if state.moves[row][place])
                values = values_of(run, keys[row])
                difference = target - values[actions[row]]
                values[actions[row]] += rate * difference
                error += difference**2
                moves += 1
        run.report(loss=error / moves, epsilon=epsilon)


def decide(run: Run, state: State) -> list[int]:
    run.memory.setdefault("table", {})
    return [best(run, key, list(moves)) for key, moves in zip(keys_of(run, state), state.moves)]


if __name__ == "__main__":
    dmro_lab.agent(
        train,
        decide,
        title="Tabular Q",
        summary="A table of values by tasks left, previous place and the nearest sizes.",
        learn_steps=2000,
        metrics=["loss", "epsilon"],
        parameters=[
            {"key": "rate", "type": "number", "default": 0.1, "min": 0, "max": 1, "common": True, "label": "Rate", "sentence": "Share of a difference that is learned."},
            {"key": "workflows", "type": "integer", "default": 20, "min": 1, "max": 1000, "label": "Workflows per learn step", "unit": "workflows", "sentence": "Workflows placed in each learn step."},
        ],
    )
