"""Stable-Baselines3's PPO on one of the lab's worlds: its own training loop, the lab's workflows.

python3 python/examples/sb3_ppo.py one-edge-one-cloud --steps 20000 --save ppo

Afterwards the policy is judged on the workflows that the lab holds out. To have it stand in the lab's comparisons, register it:

lab agents add sb3-ppo -- python3 python/examples/sb3_ppo.py --decide ppo
"""

import argparse
import sys
from pathlib import Path
from typing import Any, Optional, Sequence

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from stable_baselines3 import PPO
from stable_baselines3.common.vec_env import VecEnv

import dmro_lab


class LabVecEnv(VecEnv):
    """A vector environment of the lab as Stable-Baselines3 wants it; one lab serves all its rows."""

    def __init__(self, env: Any) -> None:
        self._env = env
        self._actions = np.zeros(env.num_envs, dtype=int)
        self._costs = np.zeros(env.num_envs)
        self._lengths = np.zeros(env.num_envs, dtype=int)
        super().__init__(env.num_envs, env.single_observation_space, env.single_action_space)

    def reset(self) -> np.ndarray:
        self._lengths[:] = 0
        return self._env.reset()[0]

    def step_async(self, actions: np.ndarray) -> None:
        self._actions = actions

    def step_wait(self) -> tuple:
        observations, rewards, dones, _, info = self._env.step(self._actions)
        self._lengths += 1
        infos: list = [{} for _ in range(self.num_envs)]
        for row in np.flatnonzero(dones):
            episode = {"r": -float(info["cost"][row]), "l": int(self._lengths[row]), "t": 0.0}
            infos[row] = {"terminal_observation": info["final_obs"][row], "TimeLimit.truncated": False, "episode": episode}
            self._lengths[row] = 0
        return observations, rewards.astype(np.float32), dones, infos

    def close(self) -> None:
        self._env.close()

    def get_attr(self, attr_name: str, indices: Any = None) -> list:
        return [getattr(self._env, attr_name, None)] * len(list(self._get_indices(indices)))

    def set_attr(self, attr_name: str, value: Any, indices: Any = None) -> None:
        raise NotImplementedError("one lab serves all rows")

    def env_method(self, method_name: str, *args: Any, indices: Any = None, **kwargs: Any) -> list:
        raise NotImplementedError("one lab serves all rows")

    def env_is_wrapped(self, wrapper_class: type, indices: Any = None) -> list:
        return [False] * len(list(self._get_indices(indices)))


def evaluate(world: dmro_lab.Environment, model: PPO) -> float:
    """The mean gap over the workflows that the lab holds out."""
    state = world.reset(held_out=True, references=True)
    references = state.references or []
    while not state.finished:
        actions, _ = model.predict(state.observations, deterministic=True)
        state = world.act(actions)
    bases = np.array([each["lower"] if each["kind"] == "bound" else each["upper"] for each in references])
    return float(np.mean(state.costs / bases - 1))


def train(scenario: str, home: Optional[str], steps: int, save: Optional[str]) -> None:
    env = dmro_lab.make(scenario, home=home, num_envs=16)
    model = PPO("MlpPolicy", LabVecEnv(env), n_steps=64, batch_size=256, learning_rate=1e-3, gamma=1.0, seed=1, device="cpu")
    print(f"gap before: {100 * evaluate(env.lab, model):.1f} %")
    model.learn(steps)
    print(f"gap after {steps} steps: {100 * evaluate(env.lab, model):.1f} %")
    if save:
        model.save(save)
    env.close()


def serve(file: str) -> None:
    """Answers the lab with a policy that was saved."""
    model = PPO.load(file, device="cpu")

    def decide(run: dmro_lab.Run, state: dmro_lab.State) -> np.ndarray:
        if model.observation_space.shape != (run.world.inputs,) or model.action_space.n != run.world.places:
            raise ValueError("this policy was trained in a world of another shape")
        return model.predict(state.observations, deterministic=True)[0]

    dmro_lab.agent(None, decide, title="SB3 PPO", summary="A policy that Stable-Baselines3 trained outside the lab.", deterministic=True)


def main(given: Optional[Sequence[str]] = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="one-edge-one-cloud")
    parser.add_argument("--home")
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--save", help="a file for the policy")
    parser.add_argument("--decide", metavar="FILE", help="serve the lab with a saved policy")
    asked = parser.parse_args(given)
    if asked.decide:
        serve(asked.decide)
    else:
        train(asked.scenario, asked.home, asked.steps, asked.save)


if __name__ == "__main__":
    main()
