#!/usr/bin/env python3
"""Drives the real window with keys and mouse, in a screen that exists only in memory.

    xvfb-run -a -s "-screen 0 1600x1000x24" window_test.py mailwalk-gui

The window tells what it shows in its report; the hand that presses keys is xdotool. With
MAILWALK_KEEP_PICTURES=1 the pictures that others are compared with are made anew.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from coarse_picture import coarse, read_png

PROGRAM = os.path.abspath(sys.argv.pop()) if len(sys.argv) > 1 else "mailwalk-gui"
WAIT_S = 20.0


class OpenWindow(unittest.TestCase):
    """A window that is opened by `start`, and closed after the test."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.report_file = os.path.join(self.folder.name, "report.json")
        self.settings = os.path.join(self.folder.name, "mailwalk", "settings.toml")
        self.process = None

    def start(self, *arguments, **variables):
        environment = dict(os.environ, XDG_CONFIG_HOME=self.folder.name)
        environment.update(variables)
        self.process = subprocess.Popen(
            [PROGRAM, *arguments, "--size", "1280x720", "--report", self.report_file],
            env=environment, cwd=self.folder.name)
        self.wait_for(lambda report: True, "the window to open")
        self.window = subprocess.check_output(
            ["xdotool", "search", "--sync", "--name", "^Mailwalk$"], text=True).split()[0]
        subprocess.check_call(["xdotool", "windowfocus", "--sync", self.window])

    def tearDown(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
        self.folder.cleanup()

    # ---- The hand and the eye

    def report(self):
        try:
            with open(self.report_file, encoding="utf-8") as file:
                return json.load(file)
        except (OSError, json.JSONDecodeError):
            return None  # not there yet, or being written just now

    def wait_for(self, condition, what):
        end = time.monotonic() + WAIT_S
        while time.monotonic() < end:
            self.assertIsNone(self.process.poll(), "the window has gone")
            report = self.report()
            if report is not None and condition(report):
                return report
            time.sleep(0.02)
        self.fail(f"waited in vain for {what}; the report is {self.report()}")

    def press(self, key, condition=None):
        """Presses a key, and waits until the report differs in what the condition looks at."""
        before = self.report()
        subprocess.check_call(["xdotool", "keydown", key])
        time.sleep(0.05)
        subprocess.check_call(["xdotool", "keyup", key])
        changed = condition or (lambda report: report["run"] != before["run"])
        return self.wait_for(changed, f"what {key} does")

    def move_and_click(self, x, y, button="1"):
        subprocess.check_call(["xdotool", "mousemove", "--window", self.window, str(x), str(y)])
        time.sleep(0.1)
        subprocess.check_call(["xdotool", "mousedown", button])
        time.sleep(0.1)
        subprocess.check_call(["xdotool", "mouseup", button])

    def click(self, x, y, condition):
        self.move_and_click(x, y)
        return self.wait_for(condition, f"what a click at {x}, {y} does")

    @staticmethod
    def shapes(report):
        for machine in report["stage"]["machines"]:
            for shelf in machine["shelves"]:
                if shelf["kind"] == "maildrop":
                    return [letter["shape"] for letter in shelf["letters"]]
        return None

    def open_file(self, name, condition):
        subprocess.check_call(["xdotool", "key", "ctrl+o"])
        time.sleep(0.5)
        subprocess.check_call(["xdotool", "type", "--delay", "60", name])
        time.sleep(0.3)
        return self.press("Return", condition)

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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


@unittest.skipUnless(shutil.which("curl"), "curl is not installed")
class LiveTest(OpenWindow):
    """A lesson served on real TCP, and curl as a machine in it."""

    ANY_PORTS = ("--port", "25=0", "--port", "110=0", "--port", "587=0",
                 "--port", "465=0", "--port", "995=0")

    def curl(self, scheme, service, *arguments):
        served = self.report()["live"]["how_to_call"]
        doors = re.findall(rf"  {re.escape(service)}: ([0-9.:]+)\n", served)
        return subprocess.run(["curl", "-sS", "--max-time", "20", f"{scheme}://{doors[-1]}/",
                               *arguments], check=False, capture_output=True, text=True)

    def letters(self, report):
        return len(self.shapes(report))

    def test_curl_sends_a_mail_that_is_seen_to_arrive_and_fetches_it(self):
        self.start("whole-journey", "--live", *self.ANY_PORTS)
        self.wait_for(lambda report: self.letters(report) == 1, "the lesson's own letter")
        mail = os.path.join(self.folder.name, "letter.eml")
        with open(mail, "w", encoding="ascii", newline="\r\n") as file:
            file.write("Subject: From outside\n\nHello from curl.\n")
        sent = self.curl("smtp", "SMTP", "--mail-from", "ani@kampus.example", "--mail-rcpt",
                         "budi@kantor.example", "-T", mail)
        self.assertEqual(sent.returncode, 0, sent.stderr)
        report = self.wait_for(lambda report: self.letters(report) == 2, "the mail of curl")
        self.assertTrue(report["live"]["following"])
        fetched = self.curl("pop3", "POP3", "-u", "budi:kopi-tubruk")
        self.assertEqual(len(fetched.stdout.split("\n")), 3, fetched.stdout)

        self.press("Left", lambda report: not report["live"]["following"])
        self.curl("pop3", "POP3", "-u", "budi:kopi-tubruk")
        self.wait_for(lambda report: report["live"]["news"] > 0, "what is new")
        self.press("End", lambda report: report["live"]["news"] == 0)
        report = self.press("g", lambda report: report["live"] is None)
        self.assertEqual(self.letters(report), 2)
        self.press("ctrl+s", lambda report: "whole-journey.mailwalk" in report["note"])

    def test_while_nobody_calls_it_sleeps(self):
        self.start("delete-mode", "--live", *self.ANY_PORTS)
        time.sleep(2)
        used, frames = self.cpu_seconds(), self.report()["frames"]
        time.sleep(4)
        self.assertLess(self.cpu_seconds() - used, 0.2)
        self.assertLess(self.report()["frames"] - frames, 20)


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
