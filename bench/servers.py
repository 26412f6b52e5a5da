"""Our servers beside others, under the same load on this computer: how many mails a second, as ratios.

    servers.py PROGRAM LOAD [COUNT] [--loadgen FILE]

PROGRAM is mailwalk, LOAD mailwalk_load, COUNT the connections of a measurement (2000). It needs root,
for Postfix and Dovecot, and their packages. Postfix's smtp-source puts the same load on the servers, and so
does the program FILE, if there is one. It is called as

    FILE smtp ADDRESS PORT -s SESSIONS -m MAILS -l OCTETS -t RECIPIENT

and says rate=MAILS/s and fail=MAILS in the end. The less work a generator makes of it, the more of what
is measured is the server.

They are measured in turn, in several rounds: the speed of a machine drifts, so that only figures of the
same round are compared, and the spread of their ratios is printed. No server is measured before Postfix
has delivered what it took, which it does after it has said so.

What is compared is not the same work. smtp-sink keeps nothing; Mailwalk keeps every octet and every step
in memory, and with --durable on disk; Postfix and Dovecot are made for thousands of users and come with a
process for each connection.
"""

import argparse
import re
import shutil
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'tests' / 'clients'))
from real_servers import Dovecot, Postfix, free_port, wait_for  # noqa: E402
from served import Served  # noqa: E402

ROUNDS = 5
SESSIONS = (1, 10, 100)
USERS = 100
LETTERS = 10
BODY = 1000
DOMAIN, HOST = 'kantor.example', 'mx.kantor.example'

LETTER = (b'From: ani@kampus.example\r\nSubject: load\r\n\r\n'
          + b'Sampai jumpa di kelas jaringan hari Rabu.\r\n' * 21)

LESSON = f'''
[lesson]
id = "load"

[[host]]
name = "{HOST}"
roles = ["mailbox", "maa"]

[[host]]
name = "ns.example"
roles = ["names"]

[[domain]]
name = "{DOMAIN}"
mx = [{{host = "{HOST}", preference = 10}}]
''' + ''.join(f'''
[[account]]
address = "{user}@{DOMAIN}"
password = "pw"
host = "{HOST}"
''' for user in ['budi', *(f'u{number}' for number in range(USERS))])


class Sink:
    """Postfix's smtp-sink, which answers and keeps nothing."""

    def __init__(self, folder, port):
        self.port, self.folder = port, folder

    def __enter__(self):
        folder = self.folder / 'sink'
        folder.mkdir()
        shutil.chown(folder, 'nobody')
        self.process = subprocess.Popen(
            ['smtp-sink', '-u', 'nobody', f'127.0.0.1:{self.port}', '200'], cwd=folder)
        wait_for(self.port, self.process, folder / 'log')
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def put_load(*arguments):
    """Mails a second."""
    done = subprocess.run([LOAD, *map(str, arguments)], capture_output=True, text=True, check=False,
                          timeout=600)
    if done.returncode != 0:
        raise RuntimeError(f'{arguments}: {done.stderr}')
    return float(done.stdout)


def send_to(door, sessions):
    return put_load('smtp', *door, '--sessions', sessions, '--count', COUNT, '--body', BODY,
                    '--to', f'budi@{DOMAIN}')


def send_by_smtp_source(door, sessions):
    address, port = door
    begun = time.monotonic()
    subprocess.run(['smtp-source', '-s', str(sessions), '-m', str(COUNT), '-l', str(BODY),
                    '-f', 'ani@kampus.example', '-t', f'budi@{DOMAIN}', f'{address}:{port}'],
                   check=True, timeout=600)
    return COUNT / (time.monotonic() - begun)


def send_by_loadgen(door, sessions):
    done = subprocess.run([LOADGEN, 'smtp', *map(str, door), '-s', str(sessions), '-m', str(COUNT),
                           '-l', str(BODY), '-t', f'budi@{DOMAIN}'],
                          capture_output=True, text=True, check=True, timeout=600)
    said = dict(re.findall(r'(rate|fail)=([0-9.]+)', done.stdout))
    if said.get('fail') != '0':
        raise RuntimeError(f'{LOADGEN}: {done.stdout}{done.stderr}')
    return float(said['rate'])


def smtp_loads():
    """{name of a program that sends mails: how to measure with it}."""
    loads = {'mailwalk_load': send_to, 'smtp-source': send_by_smtp_source}
    if LOADGEN:
        loads[LOADGEN.name] = send_by_loadgen
    return loads


def fetch_from(door, sessions):
    return put_load('pop3', *door, '--sessions', sessions, '--count', max(100, COUNT // 10),
                    '--users', USERS)


def measure_in_turn(measure, doors, sessions, settle):
    """{name of a server: what was measured}; every other time the other way round."""
    rounds = []
    for number in range(ROUNDS):
        rounds.append({})
        for name in list(doors)[::-1 if number % 2 else 1]:
            rounds[-1][name] = measure(doors[name], sessions)
            settle()
    return rounds


def compare(title, measure, doors, aim, settle=lambda: None):
    """doors: ours, and the other server's. aim: how many times as fast ours should be."""
    ours, other = doors
    print(title)
    for sessions in SESSIONS:
        rounds = measure_in_turn(measure, doors, sessions, settle)
        speeds = ', '.join(f'{name} {statistics.median(one[name] for one in rounds):,.0f}'
                           for name in doors)
        ratios = sorted(one[ours] / one[other] for one in rounds)
        ratio = statistics.median(ratios)
        print(f'  {sessions} at once, mails a second: {speeds}\n'
              f'    {ours + " / " + other:<30}{ratio:>6.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})'
              f'   aim: at least {aim:.2f}   {"reached" if ratio >= aim else "MISSED"}', flush=True)


def measure_smtp(folder, stack):
    (folder / 'lesson.toml').write_text(LESSON)
    sink = stack.enter_context(Sink(folder, free_port()))
    for load, measure in smtp_loads().items():
        with Served(PROGRAM, folder / 'lesson.toml', '--quiet') as ours:
            compare(f'Mails taken by SMTP, from {load}', measure,
                    {'Mailwalk': ours.smtp[HOST], 'smtp-sink': ('127.0.0.1', sink.port)}, 1.0)


def measure_durable_smtp(folder, stack):
    (folder / 'lesson.toml').write_text(LESSON)
    postfix = stack.enter_context(Postfix(folder / 'postfix', free_port(), DOMAIN, ['budi'], more_settings={
        'smtpd_client_connection_count_limit': 0, 'smtpd_client_connection_rate_limit': 0}))
    for load, measure in smtp_loads().items():
        recording = folder / f'{load}.mailwalk'
        with Served(PROGRAM, folder / 'lesson.toml', '--quiet', '--record', recording, '--durable') as ours:
            compare(f'Mails taken by SMTP, on disk before it is answered, from {load}', measure,
                    {'Mailwalk': ours.smtp[HOST], 'Postfix': ('127.0.0.1', postfix.port)}, 3.0,
                    settle=postfix.wait_until_delivered)


def measure_pop3(folder, stack):
    lesson = folder / 'lesson.toml'
    lesson.write_text(LESSON)
    users = [f'u{number}' for number in range(USERS)]
    dovecot = stack.enter_context(
        Dovecot(folder / 'dovecot', free_port(), dict.fromkeys(users, 'pw')))
    ours = stack.enter_context(Served(PROGRAM, lesson, '--quiet'))
    with smtplib.SMTP(*ours.smtp[HOST]) as smtp:
        for _ in range(LETTERS):
            smtp.sendmail('ani@kampus.example', [f'{user}@{DOMAIN}' for user in users], LETTER)
    for user in users:
        for number in range(LETTERS):
            dovecot.put(user, f'{number}.load', LETTER.replace(b'\r\n', b'\n'))
    compare('Letters fetched by POP3', fetch_from,
            {'Mailwalk': ours.pop3[HOST], 'Dovecot': ('127.0.0.1', dovecot.port)}, 6.0)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(usage='servers.py PROGRAM LOAD [COUNT] [--loadgen FILE]')
    parser.add_argument('program')
    parser.add_argument('load')
    parser.add_argument('count', nargs='?', type=int, default=2000)
    parser.add_argument('--loadgen', type=Path)
    given = parser.parse_args()
    PROGRAM, LOAD, COUNT = given.program, given.load, given.count
    LOADGEN = given.loadgen and given.loadgen.resolve()
    for measure in (measure_smtp, measure_durable_smtp, measure_pop3):
        with tempfile.TemporaryDirectory() as name, ExitStack() as opened:
            Path(name).chmod(0o755)
            measure(Path(name), opened)
