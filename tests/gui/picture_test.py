#!/usr/bin/env python3
"""Where things stand in the window's pictures.

    xvfb-run -a -s "-screen 0 1600x1000x24" picture_test.py mailwalk-gui

With MAILWALK_KEEP_PICTURES=1 the pictures that others are compared with are made anew.
"""
import os
import subprocess
import tempfile
import unittest

from coarse_picture import coarse, read_png
from open_window import PROGRAM


class PictureTest(unittest.TestCase):
    """Where things stand in a picture, compared with how they should, coarsely: fonts may differ."""

    ACROSS, DOWN = 64, 36
    # Of 255; what a moved or missing card makes is far more, other type less.
    MOST_IN_A_CELL, MOST_ON_AVERAGE = 90, 6.0

    def picture(self, *arguments):
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "picture.png")
            subprocess.check_call([PROGRAM, *arguments, "--size", "1280x720", "--screenshot", file])
            return coarse(read_png(file), self.ACROSS, self.DOWN)

    def compare(self, name, *arguments):
        cells = self.picture(*arguments)
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pictures", name + ".pgm")
        if os.environ.get("MAILWALK_KEEP_PICTURES"):
            with open(path, "wb") as file:
                file.write(b"P5 %d %d 255\n" % (self.ACROSS, self.DOWN) + bytes(cells))
        with open(path, "rb") as file:
            kept = file.read()[-len(cells):]
        differences = [abs(a - b) for a, b in zip(cells, kept)]
        self.assertLess(max(differences), self.MOST_IN_A_CELL, name)
        self.assertLess(sum(differences) / len(cells), self.MOST_ON_AVERAGE, name)

    BEFORE_THIRD_DELE = "end" + " ctrl+left" * 5 + " left"

    def test_the_whole_window(self):
        self.compare("work", "delete-mode", "--play-keys", self.BEFORE_THIRD_DELE)

    def test_presentation_mode(self):
        self.compare("present", "delete-mode", "--present", "--play-keys", self.BEFORE_THIRD_DELE)

    def test_side_by_side(self):
        self.compare("side-by-side", "delete-mode", "--play-keys", "d end")

    @unittest.skipIf("MAILWALK_KEEP_PICTURES" in os.environ, "it would be kept")
    def test_a_picture_of_something_else_is_told_apart(self):
        with self.assertRaises(AssertionError):
            self.compare("work", "delete-mode", "--present", "--play-keys", "end")


if __name__ == "__main__":
    unittest.main()
