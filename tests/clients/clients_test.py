"""Real mail programs send to a lesson's servers and fetch from them; every mail arrives identical.

    clients_test.py PROGRAM LESSON

A program that is not installed is named at the end, and makes the test fail: what nobody tried is
not known to work.
"""

import os
import poplib
import shutil
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from letters import take_all, without_trace
from served import Served

PROGRAM = LESSON = None

HOST = 'mx.kantor.example'
MTA = 'smtp.kampus.example'
SENDER, RECEIVER = 'ani@kampus.example', 'budi@kantor.example'
USER, PASSWORD = 'budi', 'kopi-tubruk'

# What hurts: dots at the start of lines, a long line, an empty last line, octets beyond ASCII in
# an encoding that needs none of them.
MAIL = (b'From: Ani <ani@kampus.example>\r\n'
        b'To: Budi <budi@kantor.example>\r\n'
        b'Subject: dots and lines\r\n'
        b'Date: Mon, 05 Jan 2026 09:00:00 +0700\r\n'
        b'Message-ID: <1@kampus.example>\r\n'
        b'\r\n'
        b'.\r\n'
        b'..\r\n'
        b'.hidden\r\n'
        b'From the start of a line\r\n'
        + b'x' * 998 + b'\r\n'
        b'\r\n')


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, timeout=60, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f'{command}: {done.returncode}\n'
                             f'{done.stdout.decode()}\n{done.stderr.decode()}')
    return done.stdout


def fetch_all(server):
    """The letters of the maildrop, which is empty afterwards."""
    return take_all(poplib.POP3(*server.pop3[HOST], timeout=20), USER, PASSWORD)


class Clients(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.at = Path(self.folder.name)
        self.letter = self.at / 'letter.eml'
        self.letter.write_bytes(MAIL)
        self.server = self.enterContext(Served(PROGRAM, LESSON))

    def enterContext(self, context):  # of unittest from Python 3.11 on
        entered = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return entered

    def arrived(self):
        letters = fetch_all(self.server)
        self.assertEqual(len(letters), 1)
        return without_trace(letters[0])

    def need(self, program):
        if shutil.which(program) is None:
            self.fail(f'{program} is not installed: nobody knows whether it works with Mailwalk. '
                      './run test installs it.')

    def put_letter(self):
        with smtplib.SMTP(*self.server.smtp[HOST], timeout=20) as smtp:
            smtp.sendmail(SENDER, [RECEIVER], MAIL)

    # ---- Sending

    def test_smtplib_sends(self):
        self.put_letter()
        self.assertEqual(self.arrived(), MAIL)

    def test_smtplib_sends_several_mails_in_a_session(self):
        with smtplib.SMTP(*self.server.smtp[HOST], timeout=20) as smtp:
            for _ in range(5):
                smtp.sendmail(SENDER, [RECEIVER], MAIL)
        self.assertEqual([without_trace(letter) for letter in fetch_all(self.server)], [MAIL] * 5)

    def test_smtplib_is_told_whom_nobody_knows(self):
        with smtplib.SMTP(*self.server.smtp[HOST], timeout=20) as smtp:
            with self.assertRaises(smtplib.SMTPRecipientsRefused) as refused:
                smtp.sendmail(SENDER, ['nobody@kantor.example', 'x@elsewhere.test'], MAIL)
        codes = {address: answer[0] for address, answer in refused.exception.recipients.items()}
        self.assertEqual(codes, {'nobody@kantor.example': 550, 'x@elsewhere.test': 550})

    def test_curl_sends(self):
        self.need('curl')
        address, port = self.server.smtp[HOST]
        run('curl', '--silent', '--show-error', f'smtp://{address}:{port}', '--mail-from', SENDER,
            '--mail-rcpt', RECEIVER, '--upload-file', str(self.letter))
        self.assertEqual(self.arrived(), MAIL)

    def test_swaks_sends(self):
        self.need('swaks')
        address, port = self.server.smtp[HOST]
        run('swaks', '--server', f'{address}:{port}', '--from', SENDER, '--to', RECEIVER,
            '--data', '@' + str(self.letter))
        # swaks ends its data with a line end of its own.
        self.assertEqual(self.arrived().rstrip(b'\r\n'), MAIL.rstrip(b'\r\n'))

    def test_swaks_sends_in_groups(self):
        self.need('swaks')
        address, port = self.server.smtp[HOST]
        run('swaks', '--pipeline', '--server', f'{address}:{port}', '--from', SENDER,
            '--to', RECEIVER, '--data', '@' + str(self.letter))
        self.assertEqual(self.arrived().rstrip(b'\r\n'), MAIL.rstrip(b'\r\n'))

    def test_msmtp_sends(self):
        self.need('msmtp')
        address, port = self.server.smtp[HOST]
        run('msmtp', f'--host={address}', f'--port={port}', '--tls=off', '--auth=off',
            f'--from={SENDER}', RECEIVER, input=MAIL)
        self.assertEqual(self.arrived(), MAIL)

    def test_mail_goes_through_the_mta_to_the_mailbox_server(self):
        with smtplib.SMTP(*self.server.submission[MTA], timeout=20) as smtp:
            smtp.sendmail(SENDER, [RECEIVER], MAIL)
        for _ in range(100):
            letters = fetch_all(self.server)
            if letters:
                break
            time.sleep(0.05)
        self.assertEqual([without_trace(letter) for letter in letters], [MAIL])
        self.assertEqual(letters[0].count(b'Received: '), 2)

    def test_nobody_relays_out_of_the_lesson(self):
        with smtplib.SMTP(*self.server.submission[MTA], timeout=20) as smtp:
            with self.assertRaises(smtplib.SMTPRecipientsRefused):
                smtp.sendmail(SENDER, ['somebody@example.com'], MAIL)

    # ---- Fetching

    def fetched_by_curl(self, *what, **options):
        address, port = self.server.pop3[HOST]
        return run('curl', '--silent', '--show-error', f'pop3://{address}:{port}/{"".join(what)}',
                   '--user', f'{USER}:{PASSWORD}', **options)

    def test_curl_fetches(self):
        self.need('curl')
        self.put_letter()
        self.assertIn(b'1 ', self.fetched_by_curl())
        self.assertEqual(without_trace(self.fetched_by_curl('1')), MAIL)

    def rc_file(self, name, text):
        file = self.at / name
        file.write_text(text)
        file.chmod(0o600)
        return str(file)

    def test_mpop_fetches_and_keeps(self):
        self.need('mpop')
        self.put_letter()
        self.mpop('on')
        self.assertEqual(len(fetch_all(self.server)), 1)

    def test_mpop_fetches_and_deletes(self):
        self.need('mpop')
        self.put_letter()
        self.mpop('off')
        self.assertEqual(fetch_all(self.server), [])

    def mpop(self, keep):
        address, port = self.server.pop3[HOST]
        box = self.at / 'box'
        for folder in ('cur', 'new', 'tmp'):
            (box / folder).mkdir(parents=True)
        config = self.rc_file('mpoprc', f'account default\nhost {address}\nport {port}\n'
                              f'user {USER}\npassword {PASSWORD}\ntls off\nauth user\n'
                              f'keep {keep}\nreceived_header off\n'
                              f'delivery maildir {box}\nuidls_file {self.at}/uidls\n')
        run('mpop', f'--file={config}')
        letters = [file.read_bytes() for file in (box / 'new').iterdir()]
        self.assertEqual(len(letters), 1)
        # A maildir has the line ends of this system.
        self.assertEqual(without_trace(letters[0].replace(b'\n', b'\r\n')), MAIL)

    def test_fetchmail_fetches_and_keeps(self):
        self.need('fetchmail')
        self.put_letter()
        self.fetchmail('keep')
        self.assertEqual(len(fetch_all(self.server)), 1)

    def test_fetchmail_fetches_and_deletes(self):
        self.need('fetchmail')
        self.put_letter()
        self.fetchmail('nokeep')
        self.assertEqual(fetch_all(self.server), [])

    def fetchmail(self, keep):
        address, port = self.server.pop3[HOST]
        got = self.at / 'got.eml'
        config = self.rc_file('fetchmailrc', f'poll {address} protocol POP3 service {port} uidl\n'
                              f'  user "{USER}" password "{PASSWORD}" sslproto "" {keep}\n'
                              f'  no rewrite mda "cat > {got}"\n')
        run('fetchmail', '--fetchmailrc', config, '--idfile', str(self.at / 'ids'),
            '--pidfile', str(self.at / 'pid'), '--invisible',
            env={**os.environ, 'FETCHMAILHOME': str(self.at), 'HOME': str(self.at)})
        self.assertEqual(without_trace(got.read_bytes().replace(b'\n', b'\r\n')), MAIL)

    # ---- The end

    def test_whoever_is_connected_is_told_good_bye(self):
        talk = socket.create_connection(self.server.smtp[HOST], timeout=20)
        idle = socket.create_connection(self.server.pop3[HOST], timeout=20)
        self.addCleanup(talk.close)
        self.addCleanup(idle.close)
        self.assertTrue(talk.recv(1000).startswith(b'220 '))
        self.assertTrue(idle.recv(1000).startswith(b'+OK '))
        self.server.__exit__()
        self.assertTrue(talk.recv(1000).startswith(b'421 4.3.2 '))
        self.assertEqual(talk.recv(1000), b'')
        self.assertEqual(idle.recv(1000), b'')
        self.assertEqual(self.server.exit_code, 0)
        self.assertIn('421 4.3.2', self.server.said)


if __name__ == '__main__':
    PROGRAM, LESSON = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
