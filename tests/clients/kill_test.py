"""A server that is killed in the middle of its work, again and again, and taken up each time.

    kill_test.py PROGRAM LESSON

Clients send and fetch over several connections all the while, and sometimes somebody reads the
recording, so that nothing gets into that file. MAILWALK_TEST_KILLS says how often it is killed. Three promises are held to: a mail that was answered with 250 is there once; none is
there twice; and none is gone for which no client has said QUIT.
"""

import contextlib
import os
import poplib
import random
import signal
import smtplib
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from collections import Counter
from pathlib import Path

from served import Served

PROGRAM = LESSON = None

KILLS = int(os.environ.get('MAILWALK_TEST_KILLS', '15'))
HOST, MTA = 'mx.kantor.example', 'smtp.kampus.example'
SENDER = 'ani@kampus.example'
ACCOUNTS = {'budi': 'kopi-tubruk', 'citra': 'teh-tarik', 'dewi': 'jamu'}
CONNECTION_LOST = (OSError, EOFError, smtplib.SMTPException, poplib.error_proto)


class Ledger:
    """What the clients know for certain."""

    def __init__(self):
        self.lock = threading.Lock()
        self.sent = 0
        self.answered = set()       # mails whose end of data was answered with 250
        self.removed = Counter()    # mails whose QUIT was answered with +OK
        self.doubtful = Counter()   # the same, but no answer came to QUIT
        self.name_of_uid = {}       # by maildrop and UID
        self.contradictions = []

    def next_name(self):
        with self.lock:
            self.sent += 1
            return f'mail-{self.sent}'

    def saw(self, user, uid, name):
        with self.lock:
            if self.name_of_uid.setdefault((user, uid), name) != name:
                self.contradictions.append(f'UID {uid} of {user} is given twice')


def mail_named(name):
    return (f'From: <{SENDER}>\r\nSubject: {name}\r\nDate: Mon, 05 Jan 2026 09:00:00 +0700\r\n'
            f'Message-ID: <{name}@kampus.example>\r\n\r\n{name}\r\n.\r\n').encode()


def name_in(lines):
    return next(line[9:].decode() for line in lines if line.startswith(b'Subject: '))


def send_until(over, where, user, ledger):
    while not over.is_set():
        try:
            client = smtplib.SMTP(*where, local_hostname='[127.0.0.1]', timeout=10)
            with contextlib.closing(client):
                client.ehlo()
                for _ in range(5):
                    name = ledger.next_name()
                    client.mail(SENDER)
                    client.rcpt(f'{user}@kantor.example')
                    if client.data(mail_named(name))[0] == 250:
                        with ledger.lock:
                            ledger.answered.add(name)
                client.quit()
        except CONNECTION_LOST:
            pass


def fetch_and_delete_until(over, where, user, ledger):
    while not over.is_set():
        fetched = []
        quits = False
        try:
            box = poplib.POP3(*where, timeout=10)
            with contextlib.closing(box):
                box.user(user)
                box.pass_(ACCOUNTS[user])
                for entry in box.uidl()[1][:20]:
                    number, uid = entry.split()
                    name = name_in(box.retr(int(number))[1])
                    ledger.saw(user, uid, name)
                    box.dele(int(number))
                    fetched.append(name)
                quits = True
                box.quit()
            with ledger.lock:
                ledger.removed.update(fetched)
        except CONNECTION_LOST:
            if quits:
                with ledger.lock:
                    ledger.doubtful.update(fetched)
        time.sleep(0.02)


def read_until(over, recording):
    with contextlib.closing(sqlite3.connect(recording, isolation_level=None)) as events:
        events.execute('BEGIN')
        events.execute('SELECT count(*) FROM events').fetchone()
        over.wait()


def letters_of(server, user):
    """(UID, name) of each letter in the maildrop."""
    box = poplib.POP3(*server.pop3[HOST], timeout=20)
    box.user(user)
    box.pass_(ACCOUNTS[user])
    letters = []
    for entry in box.uidl()[1]:
        number, uid = entry.split()
        letters.append((uid, name_in(box.retr(int(number))[1])))
    box.quit()
    return letters


def wait_for_quiet(server):
    """Until no letter has arrived for a while: the queue is empty then."""
    before = None
    while before != (now := [letters_of(server, user) for user in ACCOUNTS]):
        before = now
        time.sleep(1)


class Killed(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.recording = self.folder / 'run.mailwalk'

    def begun(self, *options):
        return Served(PROGRAM, LESSON, '--record', self.recording, '--quiet', *options)

    def taken_up(self, *options):
        return Served(PROGRAM, None, '--resume', self.recording, '--quiet', *options)

    def kill_under_load(self, server, ledger, wait, is_read):
        over = threading.Event()
        clients = [threading.Thread(target=send_until, args=(over, where, user, ledger))
                   for where, user in ((server.smtp[HOST], 'budi'), (server.smtp[HOST], 'citra'),
                                       (server.smtp[MTA], 'citra'), (server.smtp[MTA], 'dewi'))]
        clients += [threading.Thread(target=fetch_and_delete_until,
                                     args=(over, server.pop3[HOST], user, ledger))
                    for user in ('budi', 'citra')]
        if is_read:
            clients.append(threading.Thread(target=read_until, args=(over, self.recording)))
        for client in clients:
            client.start()
        time.sleep(wait)
        server.kill()
        over.set()
        for client in clients:
            client.join()

    def test_what_was_answered_is_there_once_however_often_the_server_is_killed(self):
        ledger, chance, began = Ledger(), random.Random(20260105), time.monotonic()
        for kill in range(KILLS):
            with self.begun('--durable') if kill == 0 else self.taken_up('--durable') as server:
                # The first commit is begun after a second, in a thread of its own.
                wait = chance.uniform(0.9, 1.5) if kill % 7 == 3 else chance.uniform(0.05, 0.5)
                self.kill_under_load(server, ledger, wait, is_read=chance.random() < 0.5)
        with self.taken_up('--durable') as server:
            wait_for_quiet(server)
            there = Counter()
            for user in ACCOUNTS:
                for uid, name in letters_of(server, user):
                    ledger.saw(user, uid, name)
                    there[name] += 1
        self.assertEqual(server.exit_code, 0)
        self.assertEqual(ledger.contradictions, [])
        seen = there + ledger.removed
        self.assertEqual([name for name, times in seen.items() if times > 1], [], 'twice')
        lost = [name for name in ledger.answered if not seen[name] and not ledger.doubtful[name]]
        self.assertEqual(lost, [], 'answered with 250, and not there')
        back = [name for name in ledger.doubtful if not seen[name] and name not in ledger.answered]
        print(f'{KILLS} kills in {time.monotonic() - began:.1f} s: {ledger.sent} mails were begun, '
              f'{len(ledger.answered)} answered with 250, {sum(ledger.removed.values())} removed, '
              f'{sum(there.values())} are there; {len(ledger.doubtful)} were in a session whose '
              f'QUIT was not answered, {sum(not seen[n] for n in ledger.doubtful)} of them are '
              f'gone; {len(back)} of unknown mails')
        self.assertGreater(len(ledger.answered), KILLS)
        self.assertGreater(sum(ledger.removed.values()), 0)


def main():
    global PROGRAM, LESSON
    PROGRAM, LESSON = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], warnings='ignore')


if __name__ == '__main__':
    main()
