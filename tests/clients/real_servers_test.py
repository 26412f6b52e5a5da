"""Machines of a lesson against real servers: Postfix takes mail from an MTA of ours and hands mail to
it, and devices of ours fetch from Dovecot.

    real_servers_test.py PROGRAM
"""

import poplib
import smtplib
import sqlite3
import sys
import tempfile
import time
import unittest
from pathlib import Path

from letters import without_trace
from real_servers import Dovecot, Postfix, free_port
from served import Served

PROGRAM = None

MTA, HOST = 'smtp.kampus.example', 'mx.kampus.example'
SENDER = 'ani@kampus.example'

# Dots at the start of lines, a line as long as may be, octets beyond ASCII, empty lines at the end.
MAIL = (b'From: Ani <ani@kampus.example>\r\n'
        b'To: Budi <budi@kantor.example>\r\n'
        b'Subject: dots and lines\r\n'
        b'Date: Mon, 05 Jan 2026 09:00:00 +0700\r\n'
        b'Message-ID: <1@kampus.example>\r\n'
        b'MIME-Version: 1.0\r\n'
        b'Content-Type: text/plain; charset=utf-8\r\n'
        b'Content-Transfer-Encoding: 8bit\r\n'
        b'\r\n'
        b'.\r\n'
        b'..\r\n'
        b'.hidden\r\n'
        b'From the start of a line\r\n'
        b'caf\xc3\xa9\r\n'
        + b'x' * 998 + b'\r\n'
        b'\r\n')

RELAYED = '''
[lesson]
id = "relayed"

[[host]]
name = "smtp.kampus.example"
roles = ["mta"]

[[host]]
name = "mx.kampus.example"
roles = ["mailbox", "maa"]

[[host]]
name = "mail.kantor.example"
roles = ["mailbox"]
external = "127.0.0.1:{postfix}"

[[host]]
name = "ns.example"
roles = ["names"]

[[account]]
address = "ani@kampus.example"
password = "kopi"
host = "mx.kampus.example"

[[account]]
address = "budi@kantor.example"
password = "unused"
host = "mail.kantor.example"
'''

POLLED = '''
[lesson]
id = "polled"

[[host]]
name = "pop.kantor.example"
roles = ["mailbox", "maa"]
external = "127.0.0.1:{dovecot}"

[[host]]
name = "ns.example"
roles = ["names"]

[[account]]
address = "budi@kantor.example"
password = "kopi-tubruk"
host = "pop.kantor.example"

[[device]]
name = "laptop"
[[device.fetch]]
account = "budi@kantor.example"
mode = "{mode}"
every = "1 s"
'''


def wait_until(so, seconds=30):
    end = time.monotonic() + seconds
    while not so():
        if time.monotonic() > end:
            raise AssertionError('it does not happen')
        time.sleep(0.1)


def send(where, recipient):
    with smtplib.SMTP(*where, local_hostname='[127.0.0.1]', timeout=20) as client:
        client.sendmail(SENDER, [recipient], MAIL, mail_options=['BODY=8BITMIME'])


class RealServers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.folder.chmod(0o755)  # programs that are not root's look into it

    def lesson(self, text, **ports):
        file = self.folder / 'lesson.toml'
        file.write_text(text.format(**ports))
        return file


class AgainstPostfix(RealServers):
    def test_our_mta_hands_a_mail_to_postfix(self):
        port = free_port()
        with Served(PROGRAM, self.lesson(RELAYED, postfix=port)) as served, \
                Postfix(self.folder / 'postfix', port, 'kantor.example', ['budi']) as postfix:
            send(served.smtp[MTA], 'budi@kantor.example')
            wait_until(lambda: postfix.letters_of('budi'))
            (letter,) = postfix.letters_of('budi')
            self.assertEqual(without_trace(letter.replace(b'\n', b'\r\n')), MAIL)
            self.assertIn(b'Received: from smtp.kampus.example', letter)
        self.assertEqual(served.exit_code, 0)

    def test_postfix_refuses_and_the_sender_learns_of_it(self):
        port = free_port()
        with Served(PROGRAM, self.lesson(RELAYED, postfix=port)) as served, \
                Postfix(self.folder / 'postfix', port, 'kantor.example', ['budi']):
            send(served.smtp[MTA], 'nobody@kantor.example')
            wait_until(lambda: self.letters_of_ani(served))
            (notice,) = self.letters_of_ani(served)
            self.assertIn(b'Final-Recipient: rfc822; nobody@kantor.example', notice)
            self.assertIn(b'Diagnostic-Code: smtp; 550 5.1.1', notice)

    def test_postfix_hands_a_mail_to_our_mta(self):
        port = free_port()
        with Served(PROGRAM, self.lesson(RELAYED, postfix=port)) as served:
            relays = {'kampus.example': served.smtp[MTA]}
            with Postfix(self.folder / 'postfix', port, 'kantor.example', ['budi'], relays):
                send(('127.0.0.1', port), 'ani@kampus.example')
                wait_until(lambda: self.letters_of_ani(served))
                (letter,) = self.letters_of_ani(served)
                self.assertEqual(without_trace(letter), MAIL)
                self.assertIn(b'Received: from mail.kantor.example', letter)

    @staticmethod
    def letters_of_ani(served):
        box = poplib.POP3(*served.pop3[HOST], timeout=20)
        box.user('ani')
        box.pass_('kopi')
        letters = [b'\r\n'.join(box.retr(i + 1)[1]) + b'\r\n' for i in range(box.stat()[0])]
        box.quit()
        return letters


class AgainstDovecot(RealServers):
    # As files of a Maildir. None is so short that a recording has no content of it.
    LETTERS = {'100.first': MAIL.replace(b'\r\n', b'\n'),
               '200.second': b'Subject: second\n\n..\n' + b'y' * 100 + b'\n',
               '300.third': b'Subject: third\n\n' + b'z' * 100}  # its line has no end

    def polled(self, dovecot, mode):
        self.recording = self.folder / f'{mode}.mailwalk'
        lesson = self.lesson(POLLED, dovecot=dovecot.port, mode=mode)
        return Served(PROGRAM, lesson, '--record', self.recording, cast='everybody')

    def filled_dovecot(self):
        dovecot = Dovecot(self.folder / 'dovecot', free_port(), {'budi': 'kopi-tubruk'})
        for name, letter in self.LETTERS.items():
            dovecot.put('budi', name, letter)
        return dovecot

    def told(self, kind):
        """(mail, readable text) of each event of that kind so far."""
        with sqlite3.connect(f'file:{self.recording}?mode=ro', uri=True) as recording:
            return recording.execute(
                'SELECT CAST(whole AS BLOB), text FROM events JOIN kinds USING (kind) '
                'LEFT JOIN texts USING (content) WHERE kinds.name = ? ORDER BY position',
                (kind,)).fetchall()

    def polls(self):
        return len(self.told('PollFinished'))

    @staticmethod
    def uids_at(dovecot):
        box = poplib.POP3('127.0.0.1', dovecot.port, timeout=20)
        box.user('budi')
        box.pass_('kopi-tubruk')
        uids = [entry.split()[1].decode() for entry in box.uidl()[1]]
        box.quit()
        return uids

    def check_stored(self):
        stored = self.told('LetterStored')
        due = [letter.removesuffix(b'\n') + b'\n' for letter in self.LETTERS.values()]
        self.assertEqual([mail for mail, _ in stored],
                         [letter.replace(b'\n', b'\r\n') for letter in due])
        return stored

    def test_in_keep_mode_everything_stays_and_is_fetched_once(self):
        with self.filled_dovecot() as dovecot, self.polled(dovecot, 'keep') as served:
            wait_until(lambda: self.polls() >= 3)
            stored = self.check_stored()
            self.assertEqual(dovecot.letters_of('budi'), sorted(self.LETTERS))
            for (_, text), uid in zip(stored, self.uids_at(dovecot), strict=True):
                self.assertIn(uid, text)
            # One that comes later is fetched, and the others are not fetched again.
            dovecot.put('budi', '400.fourth', b'Subject: fourth\n\n' + b'w' * 100 + b'\n')
            wait_until(lambda: len(self.told('LetterStored')) == 4)
            polls = self.polls()
            wait_until(lambda: self.polls() >= polls + 2)
            self.assertEqual(len(self.told('LetterStored')), 4)
            self.assertEqual(len(dovecot.letters_of('budi')), 4)
        self.assertEqual(served.exit_code, 0)

    def test_in_delete_mode_nothing_stays_there_and_everything_is_here(self):
        with self.filled_dovecot() as dovecot, self.polled(dovecot, 'delete') as served:
            wait_until(lambda: not dovecot.letters_of('budi'))
            wait_until(lambda: self.polls() >= 2)
            self.check_stored()
        self.assertEqual(served.exit_code, 0)


def main():
    global PROGRAM
    PROGRAM = sys.argv[1]
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], warnings='ignore')


if __name__ == '__main__':
    main()
