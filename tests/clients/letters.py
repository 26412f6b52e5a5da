"""Letters, as the tests send and fetch them."""


def without_trace(letter):
    """The letter as it was sent: what servers put in front begins with these names."""
    head, blank, body = letter.partition(b'\r\n\r\n')
    fields = []
    for line in head.split(b'\r\n'):
        if line[:1] in (b' ', b'\t'):
            fields[-1] += b'\r\n' + line
        else:
            fields.append(line)
    added = (b'return-path:', b'received:', b'delivered-to:', b'x-original-to:')
    kept = [field for field in fields if not field.lower().startswith(added)]
    return b'\r\n'.join(kept) + blank + body


def take_all(box, user, password):
    """The letters of a maildrop, by a connection that nobody has logged in on; it is empty afterwards."""
    box.user(user)
    box.pass_(password)
    letters = []
    for number in range(1, box.stat()[0] + 1):
        letters.append(b'\r\n'.join(box.retr(number)[1]) + b'\r\n')
        box.dele(number)
    box.quit()
    return letters
