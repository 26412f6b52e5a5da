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


class GateTest(OpenWindow):
    """What a lesson asks before it shows it."""

    def test_playing_stops_at_the_question_and_a_digit_answers_it(self):
        self.start("delete-mode", "--at", "545")
        report = self.press("p", lambda report: report["gate"] is not None)
        self.assertIn("third DELE", report["gate"]["question"])
        self.assertFalse(report["run"]["playing"])
        here = report["run"]["position"]
        report = self.press("1", lambda report: report["gate"]["chosen"] == 1)
        self.assertFalse(report["gate"]["right"])
        self.assertEqual(report["run"]["position"], here)
        self.press("period", lambda report: report["mode"] == "present")
        report = self.press("space", lambda report: report["gate"] is None)
        self.assertIn("DELE 3", report["caption"])
        self.press("Left", lambda report: report["gate"] is not None)
        report = self.press("space", lambda report: report["gate"] is None)
        self.assertGreater(report["run"]["position"], here)

    def test_a_class_sees_the_stage_above_the_question_and_may_click_an_answer(self):
        self.start("delete-mode", "--at", "550", "--present")
        report = self.wait_for(lambda report: report["gate"] is not None, "the question")
        self.assertTrue(report["gate"]["has_room"])
        self.assertEqual(self.shapes(report), ["ghost", "ghost", "closed"])
        for place in report["letter_places"]:
            self.assertLess(place["y"], 350)
        report = self.click(1050, 500, lambda report: report["gate"]["chosen"] is not None)
        self.assertTrue(report["gate"]["right"])
        self.assertTrue(report["gate"]["has_room"])

    def test_an_answer_can_be_clicked_and_nobody_must_answer(self):
        self.start("delete-mode", "--at", "550")
        report = self.wait_for(lambda report: report["gate"] is not None, "the question")
        self.assertIsNone(report["gate"]["chosen"])
        self.press("space", lambda report: report["gate"] is None)
        self.press("Left", lambda report: report["gate"] is not None)
        self.click(1100, 250, lambda report: report["gate"]["chosen"] is not None)


if __name__ == "__main__":
    unittest.main()
