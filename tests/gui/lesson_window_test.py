#!/usr/bin/env python3
"""What a class is shown and asked in the window.

    xvfb-run -a -s "-screen 0 1600x1000x24" lesson_window_test.py mailwalk-gui
"""
import unittest

from open_window import OpenWindow


class LineTest(OpenWindow):
    """What somebody on the line sees."""

    def step_until(self, condition):
        report = self.report()
        while not condition(report):
            report = self.press("space")
        return report

    def test_a_login_under_tls_is_octets_on_the_line_and_words_to_who_knows_all(self):
        self.start("reading-along", "--at", "225")
        report = self.press("e", lambda report: report["sight"] == "eavesdropper")
        report = self.step_until(lambda report: "ClientHello" in report["caption"])
        for _ in range(12):
            report = self.press("space")
            self.assertNotIn("AUTH", report["caption"])
            for packet in report["stage"]["packets"]:
                self.assertNotIn("AUTH", packet["label"])
        self.press("e", lambda report: report["sight"] == "insider")
        while not report["caption"].startswith("Ani's phone to Campus MTA: AUTH PLAIN"):
            report = self.press("Left")

    def test_a_login_in_the_clear_is_there_to_be_read(self):
        self.start("reading-along", "--wire")
        report = self.step_until(lambda report: "AUTH PLAIN" in report["caption"])
        self.assertEqual(report["sight"], "eavesdropper")

    def test_the_button_goes_there_and_the_next_window_knows_nothing_of_it(self):
        self.start("reading-along")
        self.click(1048, 25, lambda report: report["sight"] == "eavesdropper")
        self.press("l", lambda report: report["language"] == "id")
        self.close()
        self.start("reading-along")
        report = self.report()
        self.assertEqual((report["language"], report["sight"]), ("id", "insider"))


if __name__ == "__main__":
    unittest.main()
