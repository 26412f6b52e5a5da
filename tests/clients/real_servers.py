"""Postfix and Dovecot for a test: each in a folder of its own, on a free port of 127.0.0.1.

Nothing of the system's own installation is touched, but its programs and the users that it made for
them: so these have to be started by root, as Postfix and Dovecot always are.
"""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

# Who owns the letters; Debian has this user everywhere.
OWNER = 'mail'


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def wait_for(port, process, log):
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(('127.0.0.1', port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f'port {port} stays silent: {log.read_text() if log.exists() else ""}')


def make_folder(path, owner=None):
    path.mkdir(parents=True)
    path.chmod(0o755)
    if owner:
        shutil.chown(path, owner, owner)
    return path


class Postfix:
    """Delivers mail for its domain into Maildirs (`mailboxes`/USER), and hands on what is for other
    domains.

    relays: {domain: (address, port)}; more_settings: of main.cf
    """

    # Those of its services that such a Postfix needs: name, type, private, unprivileged, chroot,
    # wakeup, processes, program.
    SERVICES = '''
pickup  unix       n - n 60  1 pickup
cleanup unix       n - n -   0 cleanup
qmgr    unix       n - n 300 1 qmgr
rewrite unix       - - n -   - trivial-rewrite
bounce  unix       - - n -   0 bounce
defer   unix       - - n -   0 bounce
trace   unix       - - n -   0 bounce
smtp    unix       - - n -   - smtp
error   unix       - - n -   - error
retry   unix       - - n -   - error
virtual unix       - n n -   - virtual
anvil   unix       - - n -   1 anvil
postlog unix-dgram n - n -   1 postlogd
'''

    def __init__(self, folder, port, domain, users, relays=None, more_settings=None):
        self.port = port
        self.configuration = make_folder(folder / 'etc')
        self.mailboxes = make_folder(folder / 'mailboxes', OWNER)
        self.log = folder / 'postfix.log'
        (folder / 'queue').mkdir()
        (folder / 'data').mkdir()
        shutil.chown(folder / 'data', 'postfix')
        uid = shutil._get_uid(OWNER)  # pylint: disable=protected-access
        maps = ', '.join(f'{{{user}@{domain} = {user}/}}' for user in users)
        routes = ', '.join(f'{{{name} = smtp:[{address}]:{where}}}'
                           for name, (address, where) in (relays or {}).items())
        settings = {
            'compatibility_level': '3.6', 'queue_directory': folder / 'queue',
            'data_directory': folder / 'data', 'maillog_file': self.log,
            'maillog_file_prefixes': folder, 'myhostname': f'mail.{domain}', 'mydestination': '',
            'inet_interfaces': '127.0.0.1', 'inet_protocols': 'ipv4', 'mynetworks': '',
            'alias_maps': '', 'alias_database': '', 'local_recipient_maps': '',
            'virtual_mailbox_domains': domain, 'virtual_mailbox_base': self.mailboxes,
            'virtual_mailbox_maps': f'inline:{{{maps}}}', 'virtual_minimum_uid': '1',
            'virtual_uid_maps': f'static:{uid}', 'virtual_gid_maps': f'static:{uid}',
            'relay_domains': ', '.join(relays or {}), 'relay_recipient_maps': '',
            'transport_maps': f'inline:{{{routes}}}' if routes else '',
            'smtp_tls_security_level': 'none', 'smtpd_tls_security_level': 'none',
            'smtpd_relay_restrictions': 'reject_unauth_destination', **(more_settings or {}),
        }
        (self.configuration / 'main.cf').write_text(
            ''.join(f'{name} = {value}\n' for name, value in settings.items()))
        (self.configuration / 'master.cf').write_text(
            f'127.0.0.1:{port} inet n - n - - smtpd\n' + self.SERVICES)

    def __enter__(self):
        self.process = subprocess.Popen(['postfix', '-c', self.configuration, 'start-fg'],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self.port, self.process, self.log)
        return self

    def __exit__(self, *_):
        subprocess.run(['postfix', '-c', self.configuration, 'stop'], check=False,
                       capture_output=True, timeout=60)
        self.process.wait(timeout=60)

    def wait_until_delivered(self):
        """All that it took, or gave up on for now."""
        end = time.monotonic() + 300
        while any(path.is_file() for part in ('maildrop', 'incoming', 'active')
                  for path in (self.configuration.parent / 'queue' / part).rglob('*')):
            if time.monotonic() > end:
                raise RuntimeError('Postfix does not come to an end with what it took')
            time.sleep(0.1)

    def letters_of(self, user):
        """As they lie in the Maildir, with its line ends."""
        folder = self.mailboxes / user / 'new'
        return [letter.read_bytes() for letter in sorted(folder.glob('*'))]


class Dovecot:
    """Serves Maildirs (`mailboxes`/USER) by POP3; `passwords` by user."""

    def __init__(self, folder, port, passwords):
        self.port = port
        self.mailboxes = make_folder(folder / 'mailboxes', OWNER)
        self.log = folder / 'dovecot.log'
        self.configuration = folder / 'dovecot.conf'
        (folder / 'users').write_text(
            ''.join(f'{user}:{{PLAIN}}{password}\n' for user, password in passwords.items()))
        self.configuration.write_text(f'''
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {self.log}
listen = 127.0.0.1
protocols = pop3
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:{self.mailboxes}/%n
service pop3-login {{
  inet_listener pop3 {{
    port = {port}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={OWNER} gid={OWNER} home={self.mailboxes}/%n
}}
''')

    def __enter__(self):
        self.process = subprocess.Popen(['dovecot', '-c', self.configuration, '-F'],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self.port, self.process, self.log)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=60)

    def put(self, user, name, letter):
        for part in ('tmp', 'new', 'cur'):
            folder = self.mailboxes / user / part
            if not folder.exists():
                os.makedirs(folder)
            for path in (folder.parent, folder):
                shutil.chown(path, OWNER, OWNER)
        path = self.mailboxes / user / 'new' / name
        path.write_bytes(letter)
        shutil.chown(path, OWNER, OWNER)

    def letters_of(self, user):
        """The files that are there, by their first names."""
        files = [path for part in ('new', 'cur') for path in (self.mailboxes / user / part).glob('*')]
        return sorted(Path(path).name.split(':')[0] for path in files)
