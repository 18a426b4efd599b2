"""The pictures in toyland.md, from what the program writes; needs nothing but Python.

pictures.py sheet SHEET.png OUT.png    a contact sheet in two columns, half as large
pictures.py stages FOLDER OUT.png      six moments of every stage; FOLDER holds a png-sequence of each, by the stage's name
"""
import os
import struct
import sys
import zlib

STAGES = ("keyframes", "interpolation", "superres", "translation")
ROW = 84      # pixels of a contact sheet's row
MOMENTS, WIDTH = 6, 288


def read(path):
    """Rows of RGB bytes of an 8-bit RGB PNG."""
    data = open(path, "rb").read()
    at, packed = 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        if kind == b"IHDR":
            width, height, depth, color = struct.unpack(">IIBB", body[:10])
            assert (depth, color) == (8, 2), f"{path}: not 8-bit RGB"
        elif kind == b"IDAT":
            packed += body
        at += size + 12
    raw, stride, rows = zlib.decompress(packed), width * 3, []
    above = bytearray(stride)
    for y in range(height):
        mode, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for i in range(stride if mode else 0):
            a, b, c = (row[i - 3], above[i], above[i - 3]) if i >= 3 else (0, above[i], 0)
            row[i] = (row[i] + (a, b, (a + b) // 2, nearest(a, b, c))[mode - 1]) & 255
        rows.append(row)
        above = row
    return rows


def nearest(a, b, c):
    """The Paeth predictor of PNG."""
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def write(path, rows):
    """With a palette of 256, found by median cuts of colours of five bits."""
    found = {}
    for row in rows:
        for x in range(0, len(row), 3):
            pixel = row[x:x + 3]
            entry = found.setdefault(bytes(v >> 3 for v in pixel), [0, 0, 0, 0])
            entry[0] += 1
            for c in range(3):
                entry[c + 1] += pixel[c]
    palette, place = b"", {}
    for number, box in enumerate(cuts(found)):
        count = sum(found[key][0] for key in box)
        palette += bytes(sum(found[key][c] for key in box) // count for c in (1, 2, 3))
        place.update((key, number) for key in box)
    raw = b"".join(b"\0" + bytes(place[bytes(v >> 3 for v in row[x:x + 3])] for x in range(0, len(row), 3)) for row in rows)
    size = struct.pack(">IIBBBBB", len(rows[0]) // 3, len(rows), 8, 3, 0, 0, 0)
    with open(path, "wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n")
        for kind, body in ((b"IHDR", size), (b"PLTE", palette), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b"")):
            out.write(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)))


def cuts(found):
    def widest(box):
        return max((max(key[c] for key in box) - min(key[c] for key in box), c) for c in range(3))

    def urgency(box):
        return widest(box)[0] * sum(found[key][0] for key in box) ** 0.4  # rare colours are seen, too

    boxes = [(urgency(found), sorted(found))]
    while len(boxes) < 256 and max(boxes)[0] > 0:
        boxes.sort()
        box = boxes.pop()[1]
        channel = widest(box)[1]
        box.sort(key=lambda key: key[channel])
        left, cut, half = 0, 0, sum(found[key][0] for key in box) / 2
        while left < half:
            left += found[box[cut]][0]
            cut += 1
        cut = min(cut, len(box) - 1)
        boxes += [(urgency(part), part) for part in (box[:cut], box[cut:])]
    return [box for _, box in boxes]


def scaled(rows, width, height):
    """Each pixel the mean of those it covers, or the one it lies in."""
    w, h = len(rows[0]) // 3, len(rows)
    out = []
    for y in range(height):
        covered = rows[y * h // height:max((y + 1) * h // height, y * h // height + 1)]
        row = bytearray()
        for x in range(width):
            left, right = x * w // width, max((x + 1) * w // width, x * w // width + 1)
            for c in range(3):
                values = [v for line in covered for v in line[left * 3 + c:right * 3:3]]
                row.append(sum(values) // len(values))
        out.append(row)
    return out


def sheet(path):
    rows = read(path)
    half = (len(rows) // ROW + 1) // 2 * ROW
    width = len(rows[0]) // 6
    rows += [bytearray(len(rows[0]))] * (2 * half - len(rows))
    columns = [scaled(column, width, half // 2) for column in (rows[:half], rows[half:])]
    return [left + bytes(24) + right for left, right in zip(*columns)]


def stages(folder):
    rows = []
    for stage in STAGES:
        files = sorted(name for name in os.listdir(os.path.join(folder, stage)) if name.endswith(".png"))
        moments = [read(os.path.join(folder, stage, files[round(i * (len(files) - 1) / (MOMENTS - 1))])) for i in range(MOMENTS)]
        height = round(WIDTH * len(moments[0]) * 3 / len(moments[0][0]))
        rows += [b"".join(parts) for parts in zip(*(scaled(moment, WIDTH, height) for moment in moments))]
    return rows


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("sheet", "stages"):
        sys.exit(__doc__)
    write(sys.argv[3], {"sheet": sheet, "stages": stages}[sys.argv[1]](sys.argv[2]))
