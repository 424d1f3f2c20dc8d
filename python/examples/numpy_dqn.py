"""A deep Q-network in numpy alone: replay, a frozen target, Adam, gradients written out by hand.

lab agents add numpy-dqn -- python3 python/examples/numpy_dqn.py
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

import dmro_lab
from dmro_lab import Run, State, best

Weights = dict


def fresh(rng: np.random.Generator, sizes: list) -> Weights:
    """Weights of layers of these sizes, He et al. 2015."""
    weights = {}
    for layer, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        weights[f"w{layer}"] = (rng.standard_normal((inputs, outputs)) * np.sqrt(2 / inputs)).astype(np.float32)
        weights[f"b{layer}"] = np.zeros(outputs, dtype=np.float32)
    return weights


def forward(weights: Weights, states: np.ndarray) -> list:
    """What every layer holds: [rows, inputs] first, [rows, places] last."""
    held = [states]
    layers = len(weights) // 2
    for layer in range(layers):
        out = held[-1] @ weights[f"w{layer}"] + weights[f"b{layer}"]
        held.append(np.maximum(out, 0) if layer + 1 < layers else out)
    return held


def backward(weights: Weights, held: list, error: np.ndarray) -> Weights:
    """The gradient, where that of the outputs [rows, places] is given."""
    gradient = {}
    for layer in reversed(range(len(weights) // 2)):
        gradient[f"w{layer}"] = held[layer].T @ error
        gradient[f"b{layer}"] = error.sum(axis=0)
        error = (error @ weights[f"w{layer}"].T) * (held[layer] > 0)
    return gradient


def adam(run: Run, gradient: Weights, rate: float) -> None:
    """One step of Adam (D. Kingma and J. Ba 2015) with its usual constants."""
    memory = run.memory
    memory["t"] += 1
    scale = rate * np.sqrt(1 - 0.999 ** memory["t"]) / (1 - 0.9 ** memory["t"])
    for key, slope in gradient.items():
        first, second = memory["first"][key], memory["second"][key]
        first += 0.1 * (slope - first)
        second += 0.001 * (slope * slope - second)
        memory["online"][key] -= scale * first / (np.sqrt(second) + 1e-8)


def begin(run: Run) -> None:
    """What a run keeps, where it is not resumed."""
    if run.memory:
        return
    world, hidden, room = run.world, run.parameters["hidden"], run.parameters["memory"]
    online = fresh(run.rng, [world.inputs, hidden, hidden, world.places])
    run.memory = {
        "online": online,
        "target": {key: value.copy() for key, value in online.items()},
        "first": {key: np.zeros_like(value) for key, value in online.items()},
        "second": {key: np.zeros_like(value) for key, value in online.items()},
        "t": 0,
        "states": np.zeros((room, world.inputs), dtype=np.float32),
        "next": np.zeros((room, world.inputs), dtype=np.float32),
        "after": np.zeros((room, world.places), dtype=np.uint8),
        "actions": np.zeros(room, dtype=np.int32),
        "rewards": np.zeros(room, dtype=np.float32),
        "kept": 0,
    }


def place(run: Run, epsilon: float) -> float:
    """Places some workflows and keeps what came of it; the mean reward of a task, in units of the objective."""
    memory, world, rng = run.memory, run.world, run.rng
    state = run.reset(run.parameters["workflows"])
    rewards, moved = 0.0, 0
    while not state.finished:
        live = np.flatnonzero(state.live)
        greedy = best(forward(memory["online"], state.observations)[-1], state.moves)
        # A random place among those allowed: the greatest of random numbers.
        chance = best(rng.random(state.moves.shape), state.moves)
        actions = np.where(rng.random(len(state)) < epsilon, chance, greedy)
        after = run.act(actions)
        at = (memory["kept"] + np.arange(len(live))) % len(memory["actions"])
        memory["states"][at] = state.observations[live]
        memory["actions"][at] = actions[live]
        # In units of what a task costs on its device, so that values are about −10 and better in every world.
        memory["rewards"][at] = after.rewards[live] / world.cost_scale
        memory["next"][at] = after.observations[live]
        memory["after"][at] = after.moves[live]
        memory["kept"] += len(live)
        rewards += float(after.rewards[live].sum())
        moved += len(live)
        state = after
    return rewards / moved


def learn(run: Run, rate: float) -> float:
    """One gradient step on a replay batch; the mean squared temporal-difference error."""
    memory, rng, batch = run.memory, run.rng, run.parameters["batch"]
    rows = rng.integers(min(memory["kept"], len(memory["actions"])), size=batch)
    # Double Q-learning (H. van Hasselt et al. 2016): the online network chooses, the frozen one values.
    moves = memory["after"][rows]
    chosen = best(forward(memory["online"], memory["next"][rows])[-1], moves)
    later = forward(memory["target"], memory["next"][rows])[-1][np.arange(batch), chosen]
    targets = memory["rewards"][rows] + np.where(moves.any(axis=1), later, 0)
    held = forward(memory["online"], memory["states"][rows])
    actions = memory["actions"][rows]
    difference = held[-1][np.arange(batch), actions] - targets
    error = np.zeros_like(held[-1])
    error[np.arange(batch), actions] = 2 * difference / batch
    adam(run, backward(memory["online"], held, error), rate)
    return float(np.mean(difference**2))


def train(run: Run) -> None:
    begin(run)
    for step in run.steps():
        share = step / run.total
        epsilon = max(0.05, 1 - share / 0.5)
        rate = run.parameters["rate"] * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * share)))
        reward = place(run, epsilon)
        loss = learn(run, rate)
        if step % run.parameters["targetCopy"] == 0:
            run.memory["target"] = {key: value.copy() for key, value in run.memory["online"].items()}
        run.report(loss=loss, reward=reward, epsilon=epsilon, learningRate=rate)


def decide(run: Run, state: State) -> np.ndarray:
    begin(run)
    return best(forward(run.memory["online"], state.observations)[-1], state.moves)


if __name__ == "__main__":
    dmro_lab.agent(
        train,
        decide,
        title="Numpy DQN",
        summary="A double Q-network in numpy alone, its gradients written out by hand.",
        learn_steps=3000,
        metrics=["loss", "reward", "epsilon", "learningRate"],
        parameters=[
            {"key": "hidden", "type": "integer", "default": 64, "min": 4, "max": 1024, "common": True, "label": "Hidden units", "sentence": "Width of both hidden layers."},
            {"key": "rate", "type": "number", "default": 0.003, "min": 1e-7, "max": 1, "common": True, "label": "Learning rate", "sentence": "Step size of Adam at the start; it falls by half a cosine."},
            {"key": "batch", "type": "integer", "default": 128, "min": 1, "max": 4096, "label": "Replay batch", "unit": "transitions", "sentence": "Transitions of a learn step."},
            {"key": "memory", "type": "integer", "default": 10000, "min": 100, "max": 1000000, "label": "Memory pool", "unit": "transitions", "sentence": "Transitions kept for replay, the oldest overwritten first."},
            {"key": "workflows", "type": "integer", "default": 5, "min": 1, "max": 256, "label": "Workflows per learn step", "unit": "workflows", "sentence": "Workflows placed before each learn step."},
            {"key": "targetCopy", "type": "integer", "default": 100, "min": 1, "max": 100000, "label": "Target copy", "unit": "learn steps", "sentence": "Learn steps between two copies into the frozen network."},
        ],
    )
