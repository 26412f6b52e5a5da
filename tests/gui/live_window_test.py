#!/usr/bin/env python3
"""A lesson that is live in the window, with other mail programs in it.

    xvfb-run -a -s "-screen 0 1600x1000x24" live_window_test.py mailwalk-gui
"""
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import unittest

from open_window import OpenWindow


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

        self.press("a", lambda report: not report["live"]["call_page"])
        self.press("Left", lambda report: not report["live"]["following"])
        self.curl("pop3", "POP3", "-u", "budi:kopi-tubruk")
        self.wait_for(lambda report: report["live"]["news"] > 0, "what is new")
        self.press("End", lambda report: report["live"]["news"] == 0)
        report = self.press("g", lambda report: report["live"] is None)
        self.assertEqual(self.letters(report), 2)
        self.press("ctrl+s", lambda report: "whole-journey.mailwalk" in report["note"])

    def test_who_is_connected_hears_good_bye_when_the_window_is_told_to_end(self):
        self.start("whole-journey", "--live", *self.ANY_PORTS)
        served = self.report()["live"]["how_to_call"]
        address, port = re.findall(r"  SMTP: ([0-9.]+):([0-9]+)\n", served)[-1]
        with socket.create_connection((address, int(port)), timeout=20) as line:
            self.assertTrue(line.recv(1000).startswith(b"220 "))
            self.process.send_signal(signal.SIGINT)
            self.assertTrue(line.recv(1000).startswith(b"421 "))
        self.assertEqual(self.process.wait(timeout=20), 0)

    def test_while_nobody_calls_it_sleeps(self):
        self.start("delete-mode", "--live", *self.ANY_PORTS)
        time.sleep(2)
        used, frames = self.cpu_seconds(), self.report()["frames"]
        time.sleep(4)
        self.assertLess(self.cpu_seconds() - used, 0.2)
        self.assertLess(self.report()["frames"] - frames, 20)


if __name__ == "__main__":
    unittest.main()
