#!/usr/bin/env python3
"""What keys and mouse do in the window.

    xvfb-run -a -s "-screen 0 1600x1000x24" window_test.py mailwalk-gui
"""
import os
import subprocess
import time
import unittest

from open_window import OpenWindow


class WindowTest(OpenWindow):
    def setUp(self):
        super().setUp()
        self.start("delete-mode")

    def test_dele_makes_a_ghost_quit_takes_it_and_going_back_brings_it(self):
        report = self.press("End")
        self.assertEqual(self.shapes(report), [])
        while report["run"]["event"] != "LetterMarked":
            report = self.press("ctrl+Left")
        self.assertEqual(self.shapes(report), ["ghost", "ghost", "ghost"])
        while report["run"]["event"] != "LetterExpunged":
            report = self.press("ctrl+Right")
        self.assertEqual(self.shapes(report), ["ghost", "ghost"])
        report = self.press("ctrl+Left")
        self.assertEqual(self.shapes(report), ["ghost", "ghost", "ghost"])

    def test_steps_go_through_the_start_one_by_one(self):
        start = self.report()
        self.assertEqual(start["run"]["position"], start["run"]["start"])
        position = start["run"]["position"]
        for _ in range(5):
            report = self.press("space")
            self.assertGreater(report["run"]["position"], position)
            position = report["run"]["position"]
        for _ in range(5):
            report = self.press("Left")
        self.assertEqual(report["run"]["position"], start["run"]["position"])

    def test_a_cut_line_brings_marked_letters_back(self):
        report = self.report()
        while report["run"]["event"] != "LetterUnmarked":
            report = self.press("ctrl+Right")
        self.assertIn("closed", self.shapes(report))
        cut = [link for link in report["stage"]["links"] if link["condition"] == "cut"]
        self.assertEqual(len(cut), 1)

    def test_language_and_presentation_change_live_and_are_kept(self):
        english = self.press("space")["caption"]
        report = self.press("l", lambda report: report["language"] == "id")
        self.assertNotEqual(report["caption"], english)
        self.press("period", lambda report: report["mode"] == "present")
        self.press("Escape", lambda report: report["mode"] == "work")
        with open(self.settings, encoding="utf-8") as file:
            self.assertIn('language = "id"', file.read())

    def test_the_mouse_selects_and_scrubs(self):
        report = self.click(60, 110, lambda report: report["selection"] is not None)
        self.assertIn("machine", report["selection"])
        before = report["run"]["position"]
        self.click(600, 430, lambda report: report["run"]["position"] > before)

    def test_without_input_no_frame_is_drawn(self):
        time.sleep(1)
        before = self.cpu_seconds()
        time.sleep(5)
        self.assertLess(self.cpu_seconds() - before, 0.1)
        frames = self.report()["frames"]
        report = self.press("l", lambda report: report["language"] == "id")
        self.assertLess(report["frames"] - frames, 40)

    def test_a_fork_is_named_and_both_runs_stay(self):
        report = self.report()
        while report["run"]["event"] != "LetterMarked":
            report = self.press("ctrl+Right")
        here = report["run"]["position"]
        self.press("w", lambda report: report["menu"] is not None)
        report = self.press("Return", lambda report: len(report["branches"]["names"]) == 2)
        self.assertEqual(report["branches"]["shown"], 1)
        self.assertTrue(report["branches"]["names"][1].startswith("line cut"))
        self.assertEqual(report["run"]["position"], here)
        report = self.press("b", lambda report: report["branches"]["shown"] == 0)
        self.assertEqual(report["run"]["position"], here)

    def test_a_right_click_opens_the_menu_and_escape_closes_it(self):
        subprocess.check_call(["xdotool", "mousemove", "--window", self.window, "60", "110"])
        time.sleep(0.1)
        subprocess.check_call(["xdotool", "click", "3"])
        self.wait_for(lambda report: report["menu"] is not None, "the menu")
        self.press("Escape", lambda report: report["menu"] is None)

    def right_click(self, x, y):
        self.move_and_click(round(x), round(y), "3")
        return self.wait_for(lambda report: report["menu"] is not None, "the menu")

    def test_a_right_click_opens_a_letter_in_the_inspector(self):
        report = self.report()
        while report["run"]["event"] != "LetterMarked":
            report = self.press("ctrl+Right")
        place = report["letter_places"][0]
        report = self.right_click(place["x"], place["y"])
        self.assertEqual(report["menu"]["open"][0], "In the inspector: envelope, header, body")
        self.assertGreater(len(report["menu"]["what_if"]), 0)
        report = self.press("Return", lambda report: report["menu"] is None)
        self.assertEqual(report["focus"], "inspector")
        self.assertEqual(report["selection"], {"letter": place["letter"], "copy": place["copy"]})
        self.assertEqual(len(report["branches"]["names"]), 1)
        # Where this copy came from, while the stage is presented.
        here = report["run"]["position"]
        self.press("period", lambda report: report["mode"] == "present")
        place = next(it for it in self.report()["letter_places"] if it["copy"] == place["copy"])
        self.right_click(place["x"], place["y"])
        self.press("Right", lambda report: report["menu"]["highlighted"] == 1)
        report = self.press("Return", lambda report: report["run"]["position"] < here)
        self.assertEqual(report["run"]["position"], place["copy"])
        self.assertEqual(report["mode"], "present")

    def test_delete_and_keep_stand_side_by_side(self):
        report = self.press("c", lambda report: report["side_by_side"] is not None)
        at = report["side_by_side"]["at"]
        report = self.press("space", lambda report: report["side_by_side"]["at"] > at)
        report = self.press(
            "End", lambda report: any(row["differs"] for row in report["side_by_side"]["summary"]))
        unlike = report["side_by_side"]["left"]["unlike"] + report["side_by_side"]["right"]["unlike"]
        self.assertGreater(unlike, 0)
        self.press("Escape", lambda report: report["side_by_side"] is None)

    def test_a_run_is_saved_and_opened_and_a_broken_file_is_told(self):
        report = self.press("ctrl+s", lambda report: "delete-mode.mailwalk" in report["note"])
        recording = os.path.join(self.folder.name, "delete-mode.mailwalk")
        self.assertTrue(os.path.exists(recording))
        self.open_file("delete-mode.mailwalk",
                       lambda report: report["run"]["named"].endswith(".mailwalk"))
        broken = os.path.join(self.folder.name, "broken.mailwalk")
        with open(broken, "w", encoding="utf-8") as file:
            file.write("no recording")
        report = self.open_file("broken.mailwalk", lambda report: "broken" in report["note"])
        self.assertTrue(report["run"]["named"].endswith("delete-mode.mailwalk"))

    def test_a_letter_that_is_clicked_is_selected_wherever_it_lies(self):
        report = self.report()
        while report["run"]["event"] != "LetterMarked":
            report = self.press("ctrl+Right")
        places = report["letter_places"]
        self.assertGreater(len(places), 2)
        for place in places[:3]:
            what = {"letter": place["letter"], "copy": place["copy"]}
            self.click(round(place["x"]), round(place["y"]),
                       lambda report, what=what: report["selection"] == what)

    def test_a_button_sets_delete_and_keep_side_by_side(self):
        self.click(1084, 25, lambda report: report["side_by_side"] is not None)

    def test_tab_goes_from_panel_to_panel(self):
        focus = [self.press("Tab", lambda report, n=n: report["focus"] == n)["focus"]
                 for n in ("lesson", "ledger", "ladder")]
        self.assertEqual(len(set(focus)), 3)
        before = self.report()["run"]["position"]
        self.press("Escape", lambda report: report["focus"] == "")
        self.assertEqual(self.report()["run"]["position"], before)

    def test_both_modes_stand_side_by_side_from_a_branch_too(self):
        report = self.report()
        while report["run"]["event"] != "LetterMarked":
            report = self.press("ctrl+Right")
        self.press("w", lambda report: report["menu"] is not None)
        self.press("Return", lambda report: report["branches"]["shown"] == 1)
        report = self.press("d", lambda report: report["side_by_side"] is not None)
        names = [report["side_by_side"][side]["name"] for side in ("left", "right")]
        self.assertEqual(names, ["delete mode", "keep mode"])
        self.press("Escape", lambda report: report["side_by_side"] is None)
        report = self.press("c", lambda report: report["side_by_side"] is not None)
        self.assertEqual(report["side_by_side"]["left"]["name"], "main")

    def test_clicks_anywhere_and_sizes_from_tiny_to_large_do_no_harm(self):
        self.press("End")
        for width, height in ((300, 200), (1500, 950), (1024, 640)):
            subprocess.check_call(["xdotool", "windowsize", "--sync", self.window,
                                   str(max(width, 480)), str(max(height, 320))])
            for x in range(20, width, width // 6):
                for y in range(20, height, height // 5):
                    for button in ("3", "1"):
                        self.move_and_click(x, y, button)
                    subprocess.check_call(["xdotool", "key", "Escape"])
        self.assertIsNone(self.process.poll())
        for _ in range(6):
            subprocess.check_call(["xdotool", "key", "Escape"])
        time.sleep(0.3)
        self.press("Home", lambda report: report["run"]["position"] == report["run"]["start"])


class OddCircumstancesTest(OpenWindow):
    def test_without_lessons_a_file_can_be_opened_all_the_same(self):
        lessons = os.path.join(self.folder.name, "none")
        os.mkdir(lessons)
        file = os.path.join(self.folder.name, "own.toml")
        source = os.path.join(os.path.dirname(__file__), "../../lessons/keep-mode/lesson.toml")
        with open(source, encoding="utf-8") as lesson, open(file, "w", encoding="utf-8") as own:
            own.write(lesson.read())
        self.start(MAILWALK_LESSONS=lessons)
        self.assertIsNone(self.report()["run"])
        self.open_file("own.toml", lambda report: report["run"] is not None)

    def test_settings_that_are_no_settings_are_passed_over(self):
        os.mkdir(os.path.dirname(self.settings))
        with open(self.settings, "wb") as file:
            file.write(bytes(range(256)) * 20)
        self.start("delete-mode")
        self.press("l", lambda report: report["language"] == "id")

    def test_settings_that_cannot_be_kept_are_no_reason_to_stop(self):
        with open(os.path.join(self.folder.name, "mailwalk"), "w", encoding="utf-8"):
            pass  # where the folder would be
        self.start("delete-mode")
        self.press("l", lambda report: report["language"] == "id")
        self.press("space")


if __name__ == "__main__":
    unittest.main()
