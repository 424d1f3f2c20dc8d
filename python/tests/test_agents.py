import unittest

from .lab import EXAMPLES, PYTHON, WithLab, has, interpreter

#: A program of the package, as its users write them: {body} is what decide does.
PROGRAM = """
import sys
sys.path.insert(0, {python!r})
import dmro_lab

def train(run):
    run.memory.setdefault("seen", 0)
    for step in run.steps():
        state = run.reset(4, references=True)
        while not state.finished:
            state = run.act([max(p for p in range(run.world.places) if row[p]) if any(row) else 0 for row in state.moves])
        run.memory["seen"] += 1
        run.report(loss=run.random.random() / run.memory["seen"])

def decide(run, state):
    print("this is not for the lab")
{body}

dmro_lab.agent(train, decide, learn_steps=40, metrics=["loss"], title="Trial")
"""


class Agents(WithLab):
    def program(self, name: str, body: str) -> str:
        file = self.lab.home / f"{name}.py"
        file.write_text(PROGRAM.format(python=str(PYTHON), body="\n".join(f"    {line}" for line in body.splitlines())), encoding="utf-8")
        return str(file)

    def test_what_it_prints_does_not_disturb_the_lab_and_it_resumes_exactly(self) -> None:
        file = self.program("good", "return [0] * len(state)")
        said = self.lab.run("agents", "add", "good", "--", interpreter(), file)
        self.assertIn("two resumes agree: exact resume is claimed", said)
        runs = self.lab.json("run", "one-edge-one-cloud", "--algorithms", "agent-good,local-only", "--seeds", "1")["runs"]
        self.assertEqual([run["status"] for run in runs], ["completed", "completed"])
        gaps = [run["evaluation"]["gapMean"] for run in runs]
        self.assertEqual(gaps[0], gaps[1])

    def test_an_error_of_the_program_fails_it_with_its_text_and_trace(self) -> None:
        file = self.program("broken", "raise ValueError('nothing to decide')")
        said = self.lab.run("agents", "add", "broken", "--", interpreter(), file, code=1)
        self.assertIn("ValueError: nothing to decide", said)
        self.assertIn("Traceback (most recent call last)", said)

    def test_what_was_not_declared_is_refused_in_the_program(self) -> None:
        file = self.program("undeclared", "run.report(gap=0)\nreturn [0] * len(state)")
        said = self.lab.run("agents", "add", "undeclared", "--", interpreter(), file, code=1)
        self.assertIn("gap was not declared: agent(…, metrics=[…])", said)


class Examples(WithLab):
    def learns(self, name: str, share: float) -> None:
        """Registers an example, runs it for a moment, and compares its gap with ``share`` of that of staying on the device."""
        said = self.lab.run("agents", "add", name, "--", interpreter(), str(EXAMPLES / f"{name.replace('-', '_')}.py"))
        self.assertIn("exact resume is claimed", said)
        asked = ["--algorithms", f"agent-{name},local-only", "--seeds", "1", "--set", f"agent-{name}.learnSteps=300"]
        own, local = self.lab.json("run", "one-edge-one-cloud", *asked)["runs"]
        self.assertEqual(own["status"], "completed", own.get("message"))
        self.assertLess(own["evaluation"]["gapMean"], share * local["evaluation"]["gapMean"])

    def test_tabular_q(self) -> None:
        self.learns("tabular-q", 0.9)

    @unittest.skipUnless(has("numpy"), "numpy is not installed")
    def test_numpy_dqn(self) -> None:
        self.learns("numpy-dqn", 0.5)


if __name__ == "__main__":
    unittest.main()
