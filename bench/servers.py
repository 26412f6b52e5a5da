"""Our servers beside others, under the same load on this computer: how many mails a second, as ratios.

    servers.py PROGRAM LOAD [COUNT]

PROGRAM is mailwalk, LOAD mailwalk_load, COUNT the connections of a measurement (2000). It needs root,
for Postfix and Dovecot, and their packages. The servers are measured in turn, in several rounds: the
speed of a machine drifts, so that only figures of the same round are compared.

What is compared is not the same work. smtp-sink keeps nothing; Mailwalk keeps every octet and every step
in memory, and with --durable on disk; Postfix and Dovecot are made for thousands of users and come with a
process for each connection.
"""

import shutil
import smtplib
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'tests' / 'clients'))
from real_servers import Dovecot, Postfix, free_port, wait_for  # noqa: E402
from served import Served  # noqa: E402

ROUNDS = 3
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


def fetch_from(door, sessions):
    return put_load('pop3', *door, '--sessions', sessions, '--count', max(100, COUNT // 10),
                    '--users', USERS)


def compare(title, measure, doors, ours, aims):
    """aims: {name of another server: how many times as fast ours should be}"""
    print(title)
    for sessions in SESSIONS:
        rounds = [{name: measure(door, sessions) for name, door in doors.items()}
                  for _ in range(ROUNDS)]
        speeds = ', '.join(f'{name} {statistics.median(one[name] for one in rounds):,.0f}'
                           for name in doors)
        print(f'  {sessions} at once, mails a second: {speeds}')
        for name, aim in aims.items():
            ratio = statistics.median(one[ours] / one[name] for one in rounds)
            reached = 'reached' if ratio >= aim else 'MISSED'
            print(f'    {ours + " / " + name:<44}{ratio:>8.2f}   aim: at least {aim:.2f}   {reached}',
                  flush=True)


def measure_smtp(folder, stack):
    lesson = folder / 'lesson.toml'
    lesson.write_text(LESSON)
    sink = stack.enter_context(Sink(folder, free_port()))
    postfix = stack.enter_context(Postfix(folder / 'postfix', free_port(), DOMAIN, ['budi'], more_settings={
        'smtpd_client_connection_count_limit': 0, 'smtpd_client_connection_rate_limit': 0}))
    plain = stack.enter_context(Served(PROGRAM, lesson, '--quiet'))
    durable = stack.enter_context(
        Served(PROGRAM, lesson, '--quiet', '--record', folder / 'run.mailwalk', '--durable'))
    here = '127.0.0.1'
    doors = {'smtp-sink': (here, sink.port), 'Postfix': (here, postfix.port),
             'Mailwalk': plain.smtp[HOST], 'Mailwalk, durable': durable.smtp[HOST]}
    compare('Mails taken by SMTP', send_to, doors, 'Mailwalk', {'smtp-sink': 1.0})
    compare('The same, and on disk before it is answered', send_to,
            {name: doors[name] for name in ('Postfix', 'Mailwalk, durable')},
            'Mailwalk, durable', {'Postfix': 3.0})


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
    doors = {'Dovecot': ('127.0.0.1', dovecot.port), 'Mailwalk': ours.pop3[HOST]}
    compare('Letters fetched by POP3', fetch_from, doors, 'Mailwalk', {'Dovecot': 6.0})


if __name__ == '__main__':
    PROGRAM, LOAD = sys.argv[1:3]
    COUNT = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
    for measure in (measure_smtp, measure_pop3):
        with tempfile.TemporaryDirectory() as name, ExitStack() as opened:
            Path(name).chmod(0o755)
            measure(Path(name), opened)
