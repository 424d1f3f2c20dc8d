"""Gymnasium's interfaces over an environment of the lab; imported where gymnasium is there."""

from __future__ import annotations

from typing import Any, Optional

import gymnasium
import numpy
from gymnasium.vector.utils import batch_space

from .environments import Environment
from .wire import State

Info = dict[str, Any]


def _spaces(world: Environment) -> tuple[gymnasium.spaces.Box, gymnasium.spaces.Discrete]:
    box = gymnasium.spaces.Box(-numpy.inf, numpy.inf, (world.world.inputs,), numpy.float32)
    return box, gymnasium.spaces.Discrete(world.world.places)


class LabEnv(gymnasium.Env):  # type: ignore[type-arg]
    """One workflow after another.

    Attributes:
        lab: the environment of the lab behind it.
    """

    metadata = {"render_modes": []}

    def __init__(self, lab: Environment) -> None:
        self.lab = lab
        self.render_mode = None
        self.observation_space, self.action_space = _spaces(lab)

    def reset(self, *, seed: Optional[int] = None, options: Optional[dict[str, Any]] = None) -> tuple[numpy.ndarray, Info]:
        """Begins the next workflow. ``options={"reference": True}`` has ``info`` hold what it costs at least."""
        super().reset(seed=seed)
        state = self.lab.reset(1, seed=seed, references=bool((options or {}).get("reference")))
        info: Info = {"action_mask": state.moves[0].astype(numpy.int8)}
        if state.references is not None:
            info["reference"] = state.references[0]
        return state.observations[0].astype(numpy.float32), info

    def step(self, action: Any) -> tuple[numpy.ndarray, float, bool, bool, Info]:
        """Places the next task. Raises Fault for a place that it may not go to."""
        state = self.lab.act([int(action)])
        info: Info = {"action_mask": state.moves[0].astype(numpy.int8), "cost": float(state.costs[0])}
        return state.observations[0].astype(numpy.float32), float(state.rewards[0]), bool(state.dones[0]), False, info

    def close(self) -> None:
        self.lab.close()


class LabVectorEnv(gymnasium.vector.VectorEnv):  # type: ignore[type-arg]
    """Workflows side by side, in one process; a row that is done continues with the next workflow in the same step.

    Attributes:
        lab: the environment of the lab behind it.
    """

    metadata: dict[str, Any] = {"render_modes": []}
    if hasattr(gymnasium.vector, "AutoresetMode"):
        metadata["autoreset_mode"] = gymnasium.vector.AutoresetMode.SAME_STEP

    def __init__(self, lab: Environment, num_envs: int) -> None:
        self.lab = lab
        self.num_envs = num_envs
        self.render_mode = None
        self.single_observation_space, self.single_action_space = _spaces(lab)
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.action_space = batch_space(self.single_action_space, num_envs)

    def reset(self, *, seed: Optional[int] = None, options: Optional[dict[str, Any]] = None) -> tuple[numpy.ndarray, Info]:
        """Begins ``num_envs`` workflows; [num_envs, inputs]."""
        super().reset(seed=seed)
        state = self.lab.reset(self.num_envs, seed=seed, continued=True)
        return state.observations.astype(numpy.float32), {"action_mask": state.moves.astype(numpy.int8)}

    def step(self, actions: Any) -> tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray, numpy.ndarray, Info]:
        """Places the next task of every row: [num_envs] places."""
        state = self.lab.act(numpy.asarray(actions))
        dones = state.dones.astype(bool)
        return (
            state.observations.astype(numpy.float32),
            state.rewards.astype(numpy.float64),
            dones,
            numpy.zeros(self.num_envs, dtype=bool),
            self._info(state, dones),
        )

    def close_extras(self, **_: Any) -> None:
        self.lab.close()

    def _info(self, state: State, dones: numpy.ndarray) -> Info:
        info: Info = {"action_mask": state.moves.astype(numpy.int8), "cost": state.costs.astype(numpy.float64)}
        if dones.any():
            # Nothing is left of a workflow that has been placed: its last observation is empty.
            final = numpy.empty(self.num_envs, dtype=object)
            for row in numpy.flatnonzero(dones):
                final[row] = numpy.zeros(self.lab.world.inputs, dtype=numpy.float32)
            info.update(final_obs=final, _final_obs=dones, final_info={"cost": info["cost"]}, _final_info=dones)
        return info
