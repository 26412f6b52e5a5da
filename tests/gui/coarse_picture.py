"""Pictures as a few cells of grey, so that they can be compared whatever the fonts are."""
import struct
import zlib


def read_png(path):
    """Rows of (r, g, b) bytes, of a PNG with 8 bits for each of three channels."""
    with open(path, "rb") as file:
        data = file.read()
    at, packed, width = 8, b"", 0
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width = struct.unpack(">I", body[:4])[0]
        if kind == b"IDAT":
            packed += body
        at += length + 12
    raw, stride, rows = zlib.decompress(packed), width * 3, []
    before = bytearray(stride)
    for start in range(0, len(raw), stride + 1):
        row = unfiltered(raw[start], bytearray(raw[start + 1:start + 1 + stride]), before)
        rows.append(row)
        before = row
    return rows


def unfiltered(kind, row, above):
    """One row, by the filter that the PNG specification (section 9) numbers so."""
    for i in range(len(row)):
        left = row[i - 3] if i >= 3 else 0
        corner = above[i - 3] if i >= 3 else 0
        if kind == 1:
            row[i] = (row[i] + left) & 255
        elif kind == 2:
            row[i] = (row[i] + above[i]) & 255
        elif kind == 3:
            row[i] = (row[i] + (left + above[i]) // 2) & 255
        elif kind == 4:
            guess = left + above[i] - corner
            nearest = min((left, above[i], corner), key=lambda value: abs(guess - value))
            row[i] = (row[i] + nearest) & 255
    return row


def coarse(rows, across, down):
    """The grey of each of so many cells, row by row."""
    cells = []
    for y in range(down):
        band = rows[len(rows) * y // down:len(rows) * (y + 1) // down]
        for x in range(across):
            begin, end = len(band[0]) // 3 * x // across * 3, len(band[0]) // 3 * (x + 1) // across * 3
            cells.append(sum(sum(row[begin:end]) for row in band) // (len(band) * (end - begin)))
    return cells
