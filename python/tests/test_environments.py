import unittest
import warnings

from dmro_lab import Environment, Fault, make

from .lab import WithLab, has


def total(world: Environment, choose, **options) -> tuple:
    """[rows] what workflows cost where ``choose`` places them, and their references."""
    state = world.reset(**options, references=True)
    references = state.references
    while not state.finished:
        state = world.act([choose(row) for row in state.moves])
    return list(state.costs), references


def last(row) -> int:
    return max((place for place in range(len(row)) if row[place]), default=0)


class Worlds(WithLab):
    def open(self, scenario: str = "one-edge-one-cloud", **options) -> Environment:
        world = Environment(scenario, home=self.lab.home, **options)
        self.addCleanup(world.close)
        return world

    def test_a_seed_decides_what_comes(self) -> None:
        world = self.open()
        costs = [total(world, last, rows=8, seed=seed)[0] for seed in (3, 3, 4)]
        self.assertEqual(costs[0], costs[1])
        self.assertNotEqual(costs[0], costs[2])

    def test_nothing_costs_less_than_its_reference(self) -> None:
        for scenario in ("one-edge-one-cloud", "shared-1x20"):
            costs, references = total(self.open(scenario), last, rows=3, seed=1)
            for cost, reference in zip(costs, references):
                self.assertGreaterEqual(cost, reference["lower"] * (1 - 1e-6))

    def test_the_held_out_workflows_are_those_of_the_labs_own_runs(self) -> None:
        costs, references = total(self.open(held_out=20), lambda row: 0, held_out=True)
        gaps = [cost / reference["upper"] - 1 for cost, reference in zip(costs, references)]
        document = {"format": "dmro-experiment/1", "name": "t", "scenarios": ["one-edge-one-cloud"], "algorithms": [{"id": "local-only"}], "seeds": [1], "heldOut": 20}
        file = self.lab.home / "experiment.json"
        import json

        file.write_text(json.dumps(document), encoding="utf-8")
        run = self.lab.json("run", str(file))["runs"][0]
        self.assertAlmostEqual(sum(gaps) / len(gaps), run["evaluation"]["gapMean"], places=5)

    def test_a_move_that_is_not_allowed_is_refused_and_nothing_is_placed(self) -> None:
        world = self.open()
        world.reset(2, seed=1)
        with self.assertRaisesRegex(Fault, "row 1: place 99 is not among the 3 there are"):
            world.act([0, 99])
        after = world.act([0, 0])
        world.reset(2, seed=1)
        self.assertEqual(list(after.costs), list(world.act([0, 0]).costs))

    def test_a_scenario_that_is_not_there_is_told(self) -> None:
        with self.assertRaisesRegex(Fault, '"nowhere" is not a file, a preset or a document of the library'):
            self.open("nowhere")

    def test_a_closed_environment_says_so(self) -> None:
        world = self.open()
        world.close()
        with self.assertRaisesRegex(Fault, "closed"):
            world.reset()


@unittest.skipUnless(has("gymnasium") and has("numpy"), "gymnasium is not installed")
class Gymnasium(WithLab):
    def test_it_passes_the_check_of_gymnasium(self) -> None:
        from gymnasium.utils.env_checker import check_env

        env = make("one-edge-one-cloud", home=self.lab.home)
        self.addCleanup(env.close)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            check_env(env.unwrapped, skip_render_check=True, skip_close_check=True)

    def test_it_can_be_closed_twice(self) -> None:
        env = make("one-edge-one-cloud", home=self.lab.home)
        env.close()
        env.close()

    def test_one_and_many_side_by_side_come_to_the_same(self) -> None:
        import numpy

        one = make("one-edge-one-cloud", home=self.lab.home)
        many = make("one-edge-one-cloud", home=self.lab.home, num_envs=3)
        self.addCleanup(one.close)
        self.addCleanup(many.close)
        observation, info = one.reset(seed=5)
        observations, infos = many.reset(seed=5)
        numpy.testing.assert_array_equal(observation, observations[0])
        self.assertEqual(infos["action_mask"].shape, (3, 3))
        for place in (1, 2, 0):
            observation, reward, ended, cut, info = one.step(place)
            observations, rewards, endeds, cuts, infos = many.step([place] * 3)
            numpy.testing.assert_array_equal(observation, observations[0])
            self.assertAlmostEqual(reward, rewards[0])
        self.assertTrue(many.observation_space.contains(observations))

    def test_rows_that_are_done_continue_with_the_next_workflow(self) -> None:
        import numpy

        env = make("one-edge-one-cloud", home=self.lab.home, num_envs=2)
        self.addCleanup(env.close)
        env.reset(seed=1)
        ends = 0
        for _ in range(30):
            observations, rewards, ended, _, info = env.step(numpy.zeros(2, dtype=int))
            self.assertTrue((info["action_mask"].sum(axis=1) > 0).all())
            self.assertTrue((rewards < 0).all())
            if ended.any():
                ends += 1
                self.assertEqual(list(info["_final_obs"]), list(ended))
        self.assertEqual(ends, 3)


if __name__ == "__main__":
    unittest.main()
