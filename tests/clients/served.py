"""`mailwalk serve` for a test: started with free ports, asked where it listens, ended."""

import re
import signal
import subprocess


class Served:
    """The servers of a lesson, as long as the with-block lasts.

    smtp[HOST], submission[HOST] and pop3[HOST] are (address, port); where the lesson has TLS,
    submissions[HOST] and pop3s[HOST] as well. Without a lesson the options say what is served:
    --resume FILE. The people of the lesson take part if the cast is everybody.
    """

    def __init__(self, program, lesson, *options, cast='servers'):
        what = [lesson] if lesson else []
        if lesson and cast == 'servers':
            what += ['--servers-only']
        self.command = [program, 'serve', *what, '--for', '300',
                        '--port', '25=0', '--port', '110=0', '--port', '587=0',
                        '--port', '465=0', '--port', '995=0', *options]
        self.smtp, self.submission, self.pop3 = {}, {}, {}
        self.submissions, self.pop3s = {}, {}
        self.exit_code = None
        self.said = ''

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        host = None
        for line in self.process.stdout:
            if line.startswith('Ready.'):
                return self
            if name := re.fullmatch(r'.*\(([a-z0-9.-]+)\)\n', line):
                host = name[1]
            elif door := re.fullmatch(r'  ((?:SMTP|POP3)(?: \(.*\))?): ([0-9.]+):([0-9]+)\n', line):
                doors = {'SMTP': self.smtp, 'SMTP (587)': self.submission,
                         'SMTP (465, TLS)': self.submissions,
                         'POP3': self.pop3, 'POP3 (995, TLS)': self.pop3s}
                doors[door[1]][host] = (door[2], int(door[3]))
        raise RuntimeError(f'not ready: {self.command}')

    def kill(self):
        """Without a good-bye; what it said by then is not asked for."""
        self.process.kill()
        self.process.wait(timeout=30)

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.said, _ = self.process.communicate(timeout=30)
        self.exit_code = self.process.returncode
