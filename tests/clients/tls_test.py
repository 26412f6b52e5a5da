"""Real mail programs log in to a lesson's servers and speak TLS with them; every mail arrives identical.

    tls_test.py PROGRAM LESSON

Certificates are checked wherever the program can: by the authority that `serve` has saved.
"""

import base64
import contextlib
import os
import poplib
import re
import shutil
import smtplib
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from clients_test import HOST, MAIL, MTA, PASSWORD, RECEIVER, SENDER, USER, run
from letters import take_all, without_trace
from served import Served

PROGRAM = LESSON = None
SENDER_PASSWORD = 'teh manis'
MECHANISMS = ('PLAIN', 'LOGIN', 'CRAM-MD5')  # that every program here knows
ALL_MECHANISMS = MECHANISMS + ('SCRAM-SHA-256',)


class Tls(unittest.TestCase):
    """The servers stay the same for all tests: each leaves an empty maildrop behind."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.authority = Path(cls.folder.name) / 'authority.pem'
        cls.server = Served(PROGRAM, LESSON, '--quiet', '--save-authority', str(cls.authority))
        cls.server.__enter__()
        cls.addClassCleanup(cls.server.__exit__, None, None, None)
        cls.context = ssl.create_default_context(cafile=str(cls.authority))

    def setUp(self):
        self.at = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.letter = self.at / 'letter.eml'
        self.letter.write_bytes(MAIL)

    def enterContext(self, context):  # of unittest from Python 3.11 on
        entered = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return entered

    def need(self, program):
        if shutil.which(program) is None:
            self.fail(f'{program} is not installed: nobody knows whether it works with Mailwalk. '
                      './run test installs it.')

    def fetch_all(self):
        box = poplib.POP3_SSL(*self.server.pop3s[HOST], timeout=20, context=self.context)
        return take_all(box, USER, PASSWORD)

    def arrived(self):
        for _ in range(200):
            letters = self.fetch_all()
            if letters:
                break
            time.sleep(0.05)
        self.assertEqual(len(letters), 1)
        return letters[0]

    def assert_arrived(self, *trace):
        letter = self.arrived()
        self.assertEqual(without_trace(letter), MAIL)
        for word in trace:
            self.assertIn(word, letter)

    def put_letter(self):
        with smtplib.SMTP(*self.server.smtp[HOST], timeout=20) as smtp:
            smtp.sendmail(SENDER, [RECEIVER], MAIL)

    # ---- Python

    def test_smtplib_with_starttls_and_a_login(self):
        with smtplib.SMTP(*self.server.submission[MTA], timeout=20) as smtp:
            smtp.starttls(context=self.context)
            smtp.login(SENDER, SENDER_PASSWORD)
            smtp.sendmail(SENDER, [RECEIVER], MAIL)
        self.assert_arrived(b'with ESMTPSA')

    def test_smtplib_with_tls_from_the_start(self):
        with smtplib.SMTP_SSL(*self.server.submissions[MTA], timeout=20,
                              context=self.context) as smtp:
            smtp.login(SENDER, SENDER_PASSWORD)
            smtp.sendmail(SENDER, [RECEIVER], MAIL)
        self.assert_arrived(b'with ESMTPSA')

    def test_smtplib_is_refused_without_a_login_and_with_a_wrong_one(self):
        with smtplib.SMTP(*self.server.submission[MTA], timeout=20) as smtp:
            smtp.ehlo()
            self.assertEqual(smtp.mail(SENDER)[0], 530)
            self.assertEqual(smtp.docmd('AUTH PLAIN')[0], 538)
            smtp.starttls(context=self.context)
            smtp.ehlo()
            self.assertEqual(smtp.mail(SENDER)[0], 530)
            smtp.user, smtp.password = SENDER, 'wrong'
            began = time.monotonic()
            with self.assertRaises(smtplib.SMTPAuthenticationError) as refused:
                smtp.auth('PLAIN', smtp.auth_plain)
            self.assertEqual(refused.exception.smtp_code, 535)
            self.assertGreater(time.monotonic() - began, 0.9)

    def test_nobody_who_has_logged_in_sends_out_of_the_lesson(self):
        with smtplib.SMTP_SSL(*self.server.submissions[MTA], timeout=20,
                              context=self.context) as smtp:
            smtp.login(SENDER, SENDER_PASSWORD)
            with self.assertRaises(smtplib.SMTPRecipientsRefused):
                smtp.sendmail(SENDER, ['somebody@example.com'], MAIL)

    def test_poplib_with_stls(self):
        self.put_letter()
        box = poplib.POP3(*self.server.pop3[HOST], timeout=20)
        self.assertIn('STLS', box.capa())
        with self.assertRaises(poplib.error_proto):
            box.user(USER)  # not over an open line
        box.stls(context=self.context)
        self.assertNotIn('STLS', box.capa())
        box.user(USER)
        box.pass_(PASSWORD)
        self.assertEqual(box.stat()[0], 1)
        box.quit()
        self.assert_arrived()

    def test_python_does_not_trust_whom_it_does_not_know(self):
        with self.assertRaises(ssl.SSLCertVerificationError):
            smtplib.SMTP_SSL(*self.server.submissions[MTA], timeout=20,
                             context=ssl.create_default_context())

    def test_what_is_said_behind_starttls_is_not_heard(self):
        with socket.create_connection(self.server.smtp[HOST], timeout=20) as raw:
            raw.recv(1000)
            raw.sendall(b'EHLO evil.example\r\n')
            raw.recv(4000)
            raw.sendall(b'STARTTLS\r\nMAIL FROM:<evil@a.test>\r\nRCPT TO:<%b>\r\n'
                        % RECEIVER.encode())
            self.assertTrue(raw.recv(1000).startswith(b'220 '))
            with self.context.wrap_socket(raw, server_hostname=HOST) as tls:
                tls.sendall(b'NOOP\r\n')
                self.assertTrue(tls.recv(1000).startswith(b'250 2.0.0 Ok'))
                tls.sendall(b'RCPT TO:<budi@kantor.example>\r\n')
                self.assertTrue(tls.recv(1000).startswith(b'503 '))

    # ---- curl

    def curl(self, *arguments):
        self.need('curl')
        return run('curl', '--silent', '--show-error', '--cacert', str(self.authority), *arguments)

    def curl_sends(self, url, *arguments):
        self.curl(url, '--mail-from', SENDER, '--mail-rcpt', RECEIVER,
                  '--upload-file', str(self.letter), *arguments)

    def test_curl_smtp_with_and_without_starttls(self):
        address, port = self.server.smtp[HOST]
        self.curl_sends(f'smtp://{address}:{port}')
        self.assert_arrived(b'with ESMTP ')
        self.curl_sends(f'smtp://{address}:{port}', '--ssl-reqd')
        self.assert_arrived(b'with ESMTPS ')

    def test_curl_logs_in_by_each_mechanism(self):
        who = ('--user', f'{SENDER}:{SENDER_PASSWORD}')
        start, implicit = self.server.submission[MTA], self.server.submissions[MTA]
        for mechanism in MECHANISMS:
            with self.subTest(mechanism):
                by = ('--login-options', f'AUTH={mechanism}')
                self.curl_sends(f'smtp://{start[0]}:{start[1]}', '--ssl-reqd', *who, *by)
                self.assert_arrived(b'with ESMTPSA')
                self.curl_sends(f'smtps://{implicit[0]}:{implicit[1]}', *who, *by)
                self.assert_arrived(b'with ESMTPSA')

    def test_curl_fetches_by_each_mechanism(self):
        self.put_letter()
        who = ('--user', f'{USER}:{PASSWORD}')
        start, implicit = self.server.pop3[HOST], self.server.pop3s[HOST]
        for mechanism in MECHANISMS + ('+APOP',):
            with self.subTest(mechanism):
                by = ('--login-options', f'AUTH={mechanism}')
                for url in ((f'pop3://{start[0]}:{start[1]}/1', '--ssl-reqd'),
                            (f'pop3s://{implicit[0]}:{implicit[1]}/1',)):
                    self.assertEqual(without_trace(self.curl(*url, *who, *by)), MAIL)
        self.fetch_all()

    # ---- swaks, msmtp

    def test_swaks_with_tls_and_a_login(self):
        self.need('swaks')
        for option, (address, port) in (('--tls', self.server.submission[MTA]),
                                        ('--tlsc', self.server.submissions[MTA])):
            for mechanism in MECHANISMS:
                with self.subTest(f'{option} {mechanism}'):
                    run('swaks', option, '--tls-verify', '--tls-ca-path', str(self.authority),
                        '--auth', mechanism, '--auth-user', SENDER,
                        '--auth-password', SENDER_PASSWORD, '--server', address, '--port', str(port),
                        '--from', SENDER, '--to', RECEIVER, '--data', '@' + str(self.letter))
                    # swaks ends its data with a line end of its own.
                    self.assertEqual(without_trace(self.arrived()).rstrip(b'\r\n'),
                                     MAIL.rstrip(b'\r\n'))

    def test_msmtp_by_each_mechanism(self):
        self.need('msmtp')
        for starttls, (address, port) in (('on', self.server.submission[MTA]),
                                          ('off', self.server.submissions[MTA])):
            for mechanism in ALL_MECHANISMS:
                with self.subTest(f'{starttls} {mechanism}'):
                    run('msmtp', f'--host={address}', f'--port={port}', '--tls=on',
                        f'--tls-starttls={starttls}', f'--tls-trust-file={self.authority}',
                        f'--auth={mechanism.lower()}', f'--user={SENDER}',
                        f"--passwordeval=echo '{SENDER_PASSWORD}'", f'--from={SENDER}', RECEIVER,
                        input=MAIL)
                    self.assert_arrived(b'with ESMTPSA')

    # ---- mpop, fetchmail

    def rc_file(self, name, text):
        file = self.at / name
        file.write_text(text)
        file.chmod(0o600)
        return str(file)

    def test_mpop_by_each_mechanism(self):
        self.need('mpop')
        for starttls, (address, port) in (('on', self.server.pop3[HOST]),
                                          ('off', self.server.pop3s[HOST])):
            for mechanism in ALL_MECHANISMS + ('apop', 'user'):
                with self.subTest(f'{starttls} {mechanism}'):
                    self.put_letter()
                    name = f'{starttls}-{mechanism}'
                    box = self.at / name
                    for folder in ('cur', 'new', 'tmp'):
                        (box / folder).mkdir(parents=True)
                    config = self.rc_file(
                        name + '.rc',
                        f'account default\nhost {address}\nport {port}\nuser {USER}\n'
                        f'password {PASSWORD}\ntls on\ntls_starttls {starttls}\n'
                        f'tls_trust_file {self.authority}\nauth {mechanism.lower()}\nkeep off\n'
                        f'received_header off\ndelivery maildir {box}\nuidls_file {box}/uidls\n')
                    run('mpop', f'--file={config}')
                    letters = [file.read_bytes() for file in (box / 'new').iterdir()]
                    self.assertEqual(len(letters), 1)
                    self.assertEqual(without_trace(letters[0].replace(b'\n', b'\r\n')), MAIL)
                    self.assertEqual(self.fetch_all(), [])

    def test_fetchmail_with_stls_and_with_tls_from_the_start(self):
        self.need('fetchmail')
        for how, (address, port) in (('sslproto TLS1.2+', self.server.pop3[HOST]),
                                     ('ssl', self.server.pop3s[HOST])):
            with self.subTest(how):
                self.put_letter()
                got = self.at / 'got.eml'
                config = self.rc_file(
                    'fetchmailrc', f'poll {address} protocol POP3 service {port} uidl\n'
                    f'  user "{USER}" password "{PASSWORD}" {how} sslcertck '
                    f'sslcertfile {self.authority} sslcommonname {HOST} nokeep\n  no rewrite mda "cat > {got}"\n')
                run('fetchmail', '--fetchmailrc', config, '--idfile', str(self.at / 'ids'),
                    '--pidfile', str(self.at / 'pid'), '--invisible',
                    env={**os.environ, 'FETCHMAILHOME': str(self.at), 'HOME': str(self.at)})
                self.assertEqual(without_trace(got.read_bytes().replace(b'\n', b'\r\n')), MAIL)
                self.assertEqual(self.fetch_all(), [])

    # ---- openssl

    def test_openssl_reaches_every_door(self):
        self.need('openssl')
        for options, (address, port), hello in (
                (('-starttls', 'smtp'), self.server.smtp[HOST], b'250 '),
                (('-starttls', 'smtp'), self.server.submission[MTA], b'250 '),
                ((), self.server.submissions[MTA], b'220 '),
                (('-starttls', 'pop3'), self.server.pop3[HOST], b'+OK'),
                ((), self.server.pop3s[HOST], b'+OK')):
            for version in ('-tls1_2', '-tls1_3'):
                with self.subTest(f'{options} {port} {version}'):
                    said = run('openssl', 's_client', '-quiet', '-crlf', '-verify_return_error',
                               '-verify_ip', address, '-CAfile', str(self.authority), version,
                               *options, '-connect', f'{address}:{port}', input=b'QUIT\n')
                    self.assertIn(hello[:3], said + b'250')

    def test_a_session_ends_in_order_at_both_ends(self):
        recording, authority = self.at / 'ends.mailwalk', self.at / 'authority.pem'
        with Served(PROGRAM, LESSON, '--quiet', '--record', recording,
                    '--save-authority', authority) as server:
            context = ssl.create_default_context(cafile=authority)

            def said_quit():
                line = context.wrap_socket(
                    socket.create_connection(server.pop3s[HOST], timeout=20),
                    server_hostname=HOST, suppress_ragged_eofs=False)
                self.assertTrue(line.recv(1000).startswith(b'+OK'))
                line.sendall(b'QUIT\r\n')
                self.assertTrue(line.recv(1000).startswith(b'+OK'))
                self.assertEqual(line.recv(1000), b'')   # close_notify, and not only the line's end
                return line
            polite, hasty, idle = said_quit(), said_quit(), said_quit()
            hasty.close()
            with polite.unwrap() as uncovered:           # says close_notify too
                self.assertEqual(uncovered.recv(1000), b'')
            with socket.socket(fileno=idle.detach()) as uncovered:
                uncovered.settimeout(20)                 # says nothing: nobody waits for it for long
                self.assertEqual(uncovered.recv(1000), b'')
        with contextlib.closing(sqlite3.connect(recording)) as events:
            kinds = [kind for kind, in events.execute('SELECT kind FROM story')]
        self.assertEqual(kinds.count('TlsEstablished'), 3)
        self.assertNotIn('BytesLost', kinds)
        self.assertNotIn('TlsBroken', kinds)

    def test_who_leaves_without_reading_the_good_bye_has_only_hung_up(self):
        recording, authority = self.at / 'leaves.mailwalk', self.at / 'authority-of-leaves.pem'
        with Served(PROGRAM, LESSON, '--quiet', '--record', recording,
                    '--save-authority', authority) as server:
            context = ssl.create_default_context(cafile=authority)
            for _ in range(10):
                with smtplib.SMTP(*server.submission[MTA], timeout=20) as smtp:
                    smtp.starttls(context=context)
        with contextlib.closing(sqlite3.connect(recording)) as events:
            kinds = [kind for kind, in events.execute('SELECT kind FROM story')]
        self.assertEqual(kinds.count('TlsEstablished'), 10)
        self.assertNotIn('ConnectionReset', kinds)

    def test_old_versions_of_tls_are_refused(self):
        self.need('openssl')
        address, port = self.server.pop3s[HOST]
        done = subprocess.run(['openssl', 's_client', '-tls1_1', '-cipher', 'DEFAULT:@SECLEVEL=0',
                               '-connect', f'{address}:{port}'], input=b'', capture_output=True,
                              timeout=20, check=False)
        self.assertNotEqual(done.returncode, 0)


def encoded(*words):
    return base64.b64encode(b'\0'.join(word.encode() for word in words))


LOGIN = encoded('', SENDER, SENDER_PASSWORD)
LOGIN_FIRST = 'RFC 6409 section 4.3: MAIL is refused already'

# What the client says, the code that Postfix 3.7 gave, and if ours is another, that code and why.
# tests/smtp/reference_login_test.cpp leads a session through the same without a network.
LOGINS = (
    (b'EHLO client.example', 250),
    (b'MAIL FROM:<%s>' % SENDER.encode(), 250, 530, LOGIN_FIRST),
    (b'RCPT TO:<%s>' % RECEIVER.encode(), 554, 503, LOGIN_FIRST),
    (b'RSET', 250),
    (b'AUTH', 501),
    (b'AUTH FOO', 535, 504, 'RFC 4954 section 4: 504 for a mechanism that is not known'),
    (b'AUTH PLAIN !!!notbase64', 535, 501, 'RFC 4954 section 4: 501 for what is no base64'),
    (b'AUTH PLAIN ' + encoded('', SENDER, 'wrong'), 535),
    (b'AUTH LOGIN', 334),
    (b'*', 501),
    (b'AUTH LOGIN', 334),
    (encoded(SENDER), 334),
    (encoded(SENDER_PASSWORD), 235),
    (b'AUTH PLAIN ' + LOGIN, 503),
    (b'MAIL FROM:<%s> AUTH=<>' % SENDER.encode(), 250),
    (b'AUTH PLAIN ' + LOGIN, 503),
    (b'RCPT TO:<%s>' % RECEIVER.encode(), 250),
    (b'DATA', 354),
    (b'Subject: submitted\r\n\r\nvia submission\r\n.', 250),
    (b'QUIT', 221),
)
BEFORE_TLS = ((b'EHLO client.example', 250), (b'STARTTLS', 220))
UNDER_TLS = (
    (b'MAIL FROM:<%s>' % SENDER.encode(), 250, 503, 'RFC 3207 section 4.2: EHLO was forgotten'),
    (b'EHLO client.example', 250),
    (b'STARTTLS', 554, 503, 'RFC 3207 names none: out of order is 503'),
    (b'AUTH PLAIN', 334),
    (LOGIN, 235),
    (b'MAIL FROM:<%s>' % SENDER.encode(), 250),
    (b'RCPT TO:<%s>' % RECEIVER.encode(), 250),
    (b'DATA', 354),
    (b'Subject: submitted over TLS\r\n\r\nx\r\n.', 250),
    (b'QUIT', 221),
)
INJECTED = ((b'EHLO client.example', 250), (b'STARTTLS\r\nHELP', 220))


class ReferenceSessions(unittest.TestCase):
    """Sessions that Postfix was led through at a submission port that lets log in without TLS too."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        lesson = Path(cls.folder.name) / 'lesson.toml'
        lesson.write_text(Path(LESSON).read_text().replace(', auth_without_tls = false', ''))
        authority = Path(cls.folder.name) / 'authority.pem'
        cls.server = Served(PROGRAM, str(lesson), '--quiet', '--save-authority', str(authority))
        cls.server.__enter__()
        cls.addClassCleanup(cls.server.__exit__, None, None, None)
        cls.context = ssl.create_default_context(cafile=str(authority))

    @staticmethod
    def reply_on(line):
        """The code of the one reply that comes, which may have several lines."""
        heard = b''
        while not re.search(rb'^[0-9]{3}( .*)?\r\n\Z', heard, re.MULTILINE):
            octets = line.recv(4000)
            if not octets:
                raise AssertionError(f'closed after {heard}')
            heard += octets
        replies = re.findall(rb'^[0-9]{3}(?: .*)?\r$', heard, re.MULTILINE)
        if len(replies) != 1:
            raise AssertionError(f'more than one reply: {heard}')
        return int(heard[:3])

    def replay(self, line, turns):
        for said, postfix, *ours_and_why in turns:
            with self.subTest(said):
                line.sendall(said + b'\r\n')
                self.assertEqual(self.reply_on(line), ours_and_why[0] if ours_and_why else postfix)

    def call(self):
        line = socket.create_connection(self.server.submission[MTA], timeout=30)
        self.addCleanup(line.close)
        self.assertEqual(self.reply_on(line), 220)
        return line

    def test_logins(self):
        self.replay(self.call(), LOGINS)

    def test_starttls(self):
        line = self.call()
        self.replay(line, BEFORE_TLS)
        with self.context.wrap_socket(line, server_hostname=MTA) as tls:
            self.replay(tls, UNDER_TLS)

    def test_a_command_behind_starttls(self):
        line = self.call()
        self.replay(line, INJECTED)
        with self.context.wrap_socket(line, server_hostname=MTA) as tls:
            self.replay(tls, ((b'NOOP', 250),))


if __name__ == '__main__':
    PROGRAM, LESSON = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
