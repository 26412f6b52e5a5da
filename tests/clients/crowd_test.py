"""A crowd of clients, and bad ones among them: the servers stay there for everybody else.

    crowd_test.py PROGRAM LESSON [SECONDS]

A thousand connections are held for SECONDS (5), while floods come from other processes, one kind after
the other. All the time a good client sends and fetches: each of its mails has to be there, once. How long
its sessions take beside those of a server that nobody else calls is printed; it depends on the machine,
so nothing is expected of it here.
"""

import multiprocessing
import poplib
import re
import resource
import smtplib
import socket
import statistics
import sys
import time
import unittest
from pathlib import Path

from served import Served

PROGRAM = LESSON = None
SECONDS = 5.0

HOST = 'mx.kantor.example'
USER, PASSWORD = 'budi', 'kopi-tubruk'
CROWD = 1000
MOST_MEMORY_MB = 1500


# ---- Bad clients: each goes on until its process is ended. They call from addresses of their own.

def call(door, source, timeout=5):
    return socket.create_connection(door, timeout=timeout, source_address=(source, 0))


def flood_with(octets, greeting=b''):
    """A client that says greeting, then always the same and never reads; again when it is cut off."""
    def flood(door, source):
        while True:
            try:
                with call(door, source) as line:
                    line.recv(1000)
                    line.sendall(greeting)
                    while True:
                        line.sendall(octets)
            except OSError:
                pass
    return flood


def command_and_listen(door, source):
    """Reads every answer, so that nothing holds it back."""
    while True:
        try:
            with call(door, source) as line:
                line.recv(1000)
                while True:
                    line.sendall(b'NOOP\r\n' * 500)
                    answers = 0
                    while answers < 500:
                        octets = line.recv(100000)
                        if not octets:
                            raise OSError
                        answers += octets.count(b'\n')
        except OSError:
            pass


def call_and_leave(door, source):
    while True:
        try:
            call(door, source).close()
        except OSError:
            pass


def call_and_stay(door, source):
    """As many connections as it gets, none of which it uses or closes."""
    lines = []
    while True:
        try:
            lines.append(call(door, source))
        except OSError:
            time.sleep(0.01)


def speak_slowly(door, source):
    lines = [call(door, source) for _ in range(50)]
    while True:
        for line in lines:
            try:
                line.sendall(b'N')
            except OSError:
                pass
        time.sleep(0.2)


def close_half(door, source):
    """Says that it sends no more, and never hangs up."""
    lines = []
    while True:
        try:
            lines.append(call(door, source))
            lines[-1].sendall(b'EHLO half.example\r\nMAIL FROM:<')
            lines[-1].shutdown(socket.SHUT_WR)
        except OSError:
            time.sleep(0.01)


FLOODS = {
    'commands': flood_with(b'NOOP\r\n' * 500),
    'commands, with an ear for the answers': command_and_listen,
    'commands that are none': flood_with(b'JUNK\r\n' * 500),
    'octets without a line end': flood_with(b'x' * 5000),
    'recipients': flood_with(b'RCPT TO:<budi@kantor.example>\r\n' * 100,
                             b'EHLO flood.example\r\nMAIL FROM:<f@flood.example>\r\n'),
    'a mail without end': flood_with(b'no end\r\n' * 1000,
                                     b'EHLO flood.example\r\nMAIL FROM:<f@flood.example>\r\n'
                                     b'RCPT TO:<budi@kantor.example>\r\nDATA\r\n'),
    'connections that leave': call_and_leave,
    'connections that stay': call_and_stay,
    'single octets': speak_slowly,
    'halves of connections': close_half,
}


# ---- The good one

def send_and_fetch(server, subject):
    """Seconds that it took. The maildrop is empty before and after."""
    begun = time.monotonic()
    # With a name, so that the real DNS is not asked for one: it may answer late, or never.
    with smtplib.SMTP(*server.smtp[HOST], local_hostname='good.example', timeout=60) as smtp:
        smtp.sendmail('ani@kampus.example', ['budi@kantor.example'],
                      f'Subject: {subject}\r\n\r\nHalo!\r\n'.encode())
    box = poplib.POP3(*server.pop3[HOST], timeout=60)
    box.user(USER)
    box.pass_(PASSWORD)
    count, _ = box.stat()
    lines = box.retr(1)[1] if count == 1 else []
    if f'Subject: {subject}'.encode() not in lines:
        raise AssertionError(f'{subject}: {count} letters in the maildrop, this one not alone')
    box.dele(1)
    box.quit()
    return time.monotonic() - begun


def go_on_for(seconds, server, name):
    """The times of the good client's sessions."""
    end = time.monotonic() + seconds
    times = []
    while time.monotonic() < end or len(times) < 3:
        times.append(send_and_fetch(server, f'{name} {len(times)}'))
    return times


def memory_mb(pid):
    """The most that a process ever held."""
    return int(re.search(r'VmHWM:\s+(\d+)', Path(f'/proc/{pid}/status').read_text())[1]) / 1024


class Crowd(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with cls.served() as server:
            cls.alone = statistics.median(go_on_for(1, server, 'alone'))

    @staticmethod
    def served():
        return Served(PROGRAM, LESSON, '--quiet', '--connections', str(CROWD + 200))

    def report(self, name, server, times):
        memory = memory_mb(server.process.pid)
        typical = statistics.median(times)
        print(f'{name}: a session takes {typical * 1e3:.1f} ms, {typical / self.alone:.1f} times as '
              f'long as alone (the longest of {len(times)}: {max(times) * 1e3:.0f} ms); '
              f'{memory:.0f} MB', flush=True)
        self.assertLess(memory, MOST_MEMORY_MB)

    def test_a_thousand_connections_at_once(self):
        with self.served() as server:
            door = server.smtp[HOST]
            crowd = [call(door, f'127.0.77.{1 + i % 10}', timeout=30) for i in range(CROWD)]
            for line in crowd:
                self.assertTrue(line.recv(1000).startswith(b'220 '))
            self.report('a thousand connections', server, go_on_for(SECONDS, server, 'crowd'))
            for line in crowd:  # each is still a session
                line.sendall(b'QUIT\r\n')
            for line in crowd:
                self.assertTrue(line.recv(1000).startswith(b'221 '))
                line.close()

    def test_floods(self):
        for number, (name, flood) in enumerate(FLOODS.items()):
            with self.subTest(name), self.served() as server:
                bad = multiprocessing.Process(
                    target=flood, args=(server.smtp[HOST], f'127.0.78.{1 + number}'))
                bad.start()
                try:
                    self.report(name, server, go_on_for(SECONDS / len(FLOODS), server, name))
                finally:
                    bad.kill()
                    bad.join()


if __name__ == '__main__':
    PROGRAM, LESSON = sys.argv[1:3]
    if len(sys.argv) > 3:
        SECONDS = float(sys.argv[3])
    most_files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))
    unittest.main(argv=sys.argv[:1])
