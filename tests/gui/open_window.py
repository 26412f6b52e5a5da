"""The real window, driven with keys and mouse in a screen that exists only in memory.

The window tells what it shows in its report; the hand that presses keys is xdotool. A test file is
run with the program as its last argument, within xvfb-run.
"""
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest

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

    def close(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
        self.process = None
        if os.path.exists(self.report_file):
            os.remove(self.report_file)

    def tearDown(self):
        self.close()
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
