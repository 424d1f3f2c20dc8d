import math
import random
import subprocess
import unittest
from array import array

from dmro_lab import Fault, best
from dmro_lab.agents import pack, unpack
from dmro_lab.wire import read_array, write_actions, write_array

from .lab import PYTHON, has, interpreter


class Arrays(unittest.TestCase):
    def test_arrays_come_back_as_they_were_sent(self) -> None:
        for dtype, values in {"float32": [0.5, -1.25, 2.0**127], "int32": [-(2**31), 0, 2**31 - 1], "uint8": [0, 255]}.items():
            self.assertEqual(list(read_array(write_array(values, dtype))), values)

    def test_two_dimensions_come_row_by_row(self) -> None:
        message = {**write_array([1, 2, 3, 4, 5, 6], "float32"), "shape": [2, 3]}
        self.assertEqual([list(row) for row in read_array(message)], [[1, 2, 3], [4, 5, 6]])

    def test_actions_that_are_not_whole_are_left_for_the_lab_to_refuse(self) -> None:
        self.assertEqual(write_actions([0, 1.5]), [0, 1.5])

    def test_the_best_is_among_the_moves_allowed(self) -> None:
        values = read_array({**write_array([9, 1, 2, 5, 5, 5], "float32"), "shape": [2, 3]})
        moves = read_array({**write_array([0, 1, 1, 0, 0, 0], "uint8"), "shape": [2, 3]})
        self.assertEqual(list(best(values, moves)), [2, 0])


class Checkpoints(unittest.TestCase):
    def test_values_come_back_to_the_bit(self) -> None:
        rng = random.Random(1)
        floats = [rng.random() * 10**power for power in range(-300, 300, 7)] + [0.0, -0.0, math.inf, -math.inf]
        kept = {"floats": floats, "array": array("d", floats), "bytes": b"\x00\xff", "nested": {"dict": {"float": 1}}, "none": None, "yes": True, "big": 2**200}
        back = unpack(pack(kept))
        self.assertEqual(back, kept)
        self.assertEqual([math.copysign(1, value) for value in back["floats"]], [math.copysign(1, value) for value in floats])
        self.assertTrue(math.isnan(unpack(pack(math.nan))))

    @unittest.skipUnless(has("numpy"), "numpy is not installed")
    def test_numpy_arrays_come_back_to_the_bit_and_can_be_changed(self) -> None:
        import numpy

        for dtype in ("float32", "float64", "int64", "uint8", "bool"):
            value = numpy.arange(6).reshape(2, 3).astype(dtype)
            back = unpack(pack(value))
            self.assertEqual(back.dtype, value.dtype)
            numpy.testing.assert_array_equal(back, value)
            back[0, 0] = 1
        generator = numpy.random.default_rng(3)
        state = unpack(pack(generator.bit_generator.state))
        expected = generator.random(5)
        generator.bit_generator.state = state
        numpy.testing.assert_array_equal(generator.random(5), expected)

    def test_what_cannot_be_kept_is_named(self) -> None:
        with self.assertRaisesRegex(Fault, "holds a set, which cannot be part of a checkpoint"):
            pack({"seen": {1}})
        with self.assertRaisesRegex(Fault, "keys are not all texts"):
            pack({1: 2})

    def test_a_checkpoint_runs_nothing(self) -> None:
        # What came with a bundle is data, whatever it says it is.
        self.assertEqual(unpack({"dict": {"__reduce__": ["os.system", "true"]}}), {"__reduce__": ["os.system", "true"]})


class WithoutPackages(unittest.TestCase):
    def test_the_package_needs_the_standard_library_alone(self) -> None:
        program = (
            "import sys\n"
            "sys.modules.update(numpy=None, gymnasium=None, pandas=None)\n"
            "import unittest\n"
            "from tests.test_wire import Arrays, Checkpoints\n"
            "suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromTestCase(case) for case in (Arrays, Checkpoints))\n"
            "result = unittest.TextTestRunner(stream=sys.stderr).run(suite)\n"
            "sys.exit(not result.wasSuccessful())\n"
        )
        done = subprocess.run([interpreter(), "-c", program], cwd=PYTHON, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
