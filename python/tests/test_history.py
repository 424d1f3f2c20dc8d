import json
import os
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

from dmro_lab import DamagedRecord, Fault, History
from dmro_lab.locate import lab_command

from .lab import WithLab, has


class Histories(WithLab):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        document = {
            "format": "dmro-experiment/1",
            "name": "read from Python",
            "scenarios": ["one-edge-one-cloud"],
            "algorithms": [{"id": "dqn", "parameters": {"learnSteps": 60, "evaluateEvery": 20}}, {"id": "greedy"}],
            "seeds": [1, 2],
            "heldOut": 20,
        }
        file = cls.lab.home / "experiment.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        cls.lab.run("run", str(file))

    def history(self) -> History:
        history = History(self.lab.home)
        self.addCleanup(history.close)
        return history

    def test_runs_are_what_the_lab_says_of_them(self) -> None:
        history = self.history()
        told = {run["id"]: run for run in self.lab.json("runs", "list")["runs"]}
        runs = history.runs()
        self.assertEqual([run["id"] for run in runs], list(told))
        for run in runs:
            own = told[run["id"]]
            for ours, theirs in {"algorithm": "algorithm", "seed": "seed", "status": "status", "scenario": "scenario", "parameters": "parameters"}.items():
                self.assertEqual(run[ours], own[theirs])
            self.assertEqual(run["evaluation"]["gapMean"], own["evaluation"]["gapMean"])
        self.assertEqual(len(history.runs(algorithm="dqn", seed=2)), 1)
        self.assertEqual(history.experiments()[0]["name"], "read from Python")
        self.assertEqual(len(history.experiments()[0]["runs"]), 4)

    def test_curves_have_every_point_to_the_bit(self) -> None:
        history = self.history()
        run = history.runs(algorithm="dqn")[0]["id"]
        exported = self.lab.json("runs", "export", run)
        curves = exported["runs"][0]["curves"]
        self.assertEqual(sorted(history.metrics(run)), sorted(curves))
        for metric, curve in curves.items():
            steps, values = history.curve(run, metric)
            self.assertEqual(list(steps), curve["learnSteps"])
            self.assertEqual(list(values), curve["values"])
        self.assertEqual(len(history.curve(run, "nothing").steps), 0)

    def test_an_evaluation_holds_every_workflow(self) -> None:
        history = self.history()
        evaluation = history.evaluation(history.runs(algorithm="greedy")[0]["id"])
        self.assertEqual(len(evaluation["gaps"]), 20)
        self.assertAlmostEqual(sum(evaluation["gaps"]) / 20, evaluation["gapMean"])
        self.assertAlmostEqual(sum(evaluation["costs"]) / 20, evaluation["meanCost"])

    def test_placements_say_where_each_task_runs(self) -> None:
        history = self.history()
        run = history.runs(algorithm="greedy")[0]["id"]
        placed = history.placements(run)["workflows"]
        costs = history.evaluation(run)["costs"]
        self.assertEqual(len(placed), 20)
        for workflow, cost in zip(placed, costs):
            self.assertEqual(len(workflow["placement"]), 10)
            self.assertAlmostEqual(workflow["cost"], cost)

    def test_logs_scenarios_and_comparisons_are_there(self) -> None:
        history = self.history()
        run = history.runs()[0]["id"]
        self.assertEqual(history.log(run)[0]["text"], "Starts from the beginning (attempt 1).")
        self.assertEqual(history.scenario(run)["name"], history.run(run)["scenario"])
        self.assertEqual(history.comparisons(), [])

    def test_it_reads_beside_a_lab_that_trains(self) -> None:
        environment = {**os.environ, "DMRO_HOME": str(self.lab.home)}
        asked = ["run", "one-edge-one-cloud", "--algorithms", "dqn", "--seeds", "9", "--set", "dqn.learnSteps=100000", "--set", "dqn.evaluateEvery=10"]
        training = subprocess.Popen([*lab_command(), *asked], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with History(self.lab.home) as history:
                seen = set()
                while len(seen) < 3:
                    self.assertIsNone(training.poll(), "the lab has ended")
                    for run in history.runs(seed=9, status="running"):
                        seen.add(len(history.curve(run["id"], "gap").steps))
        finally:
            training.terminate()
            training.wait()
            for run in History(self.lab.home).runs(seed=9):
                self.lab.run("runs", "delete", run["id"])

    def test_nothing_can_be_written(self) -> None:
        history = self.history()
        with self.assertRaises(sqlite3.OperationalError):
            history._db.execute("delete from run")

    def test_what_is_damaged_is_told(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "lab.sqlite"
            copy.write_bytes((self.lab.home / "lab.sqlite").read_bytes())
            db = sqlite3.connect(copy)
            db.execute("update chunk set curve_values = zeroblob(length(curve_values))")
            db.commit()
            db.close()
            with History(folder) as history:
                run = history.runs(algorithm="dqn")[0]["id"]
                with self.assertRaises(DamagedRecord):
                    history.curve(run, "loss")

    def test_what_is_not_a_lab_is_told(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaisesRegex(Fault, "there is no lab in"):
                History(folder)
            other = sqlite3.connect(Path(folder) / "lab.sqlite")
            other.execute("create table run (id)")
            other.commit()
            other.close()
            with self.assertRaisesRegex(Fault, "is not the database of a lab"):
                History(folder)
        with self.assertRaises(KeyError):
            self.history().run("00000000")

    @unittest.skipUnless(has("pandas"), "pandas is not installed")
    def test_frames_hold_the_same(self) -> None:
        history = self.history()
        frame = history.frame(algorithm="dqn")
        self.assertEqual(list(frame["parameters.learnSteps"]), [60, 60])
        self.assertEqual(list(frame["gapMean"]), [run["evaluation"]["gapMean"] for run in history.runs(algorithm="dqn")])
        curves = history.curves_frame(history.runs(algorithm="dqn"), "gap")
        self.assertEqual(list(curves["step"]), [0, 20, 40, 60] * 2)


if __name__ == "__main__":
    unittest.main()
