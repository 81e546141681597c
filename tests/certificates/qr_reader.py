"""Reads a QR code from its modules, without any library that also writes them (ISO/IEC 18004).

It corrects nothing: one wrong module in the data, and the text differs or cannot be read.
"""

from itertools import chain

Modules = list[list[int]]

# Of each version in use here at level M: blocks of so many data words each, and the place of the second alignment mark.
BLOCKS = {1: [16], 2: [28], 3: [44], 4: [32] * 2, 5: [43] * 2, 6: [27] * 4, 7: [31] * 4, 8: [38] * 2 + [39] * 2}
ALIGNED = {1: [], 2: [18], 3: [22], 4: [26], 5: [30], 6: [34], 7: [22, 38], 8: [24, 42]}
LEVEL_M = 0b00
FORMAT_MASK = 0b101010000010010

MASKS = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)


def read(modules: Modules) -> str:
    """The text of a code of level M in bytes; fails on any other."""
    side = len(modules)
    version, rest = divmod(side - 17, 4)
    assert rest == 0, f"{side} modules are no QR code"
    seen = [modules[8][x] for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [modules[y][8] for y in (7, 5, 4, 3, 2, 1, 0)]
    format_bits = number(seen) ^ FORMAT_MASK
    assert format_bits >> 13 == LEVEL_M
    mask = MASKS[format_bits >> 10 & 0b111]

    kept = reserved(version, side)
    bits = [
        modules[y][x] ^ mask(y, x)
        for turn, right in enumerate([*range(side - 1, 6, -2), 5, 3, 1])
        for y in (range(side - 1, -1, -1) if turn % 2 == 0 else range(side))
        for x in (right, right - 1)
        if (y, x) not in kept
    ]
    words = [number(bits[at : at + 8]) for at in range(0, len(bits) - 7, 8)]
    return text_of(in_order(words, BLOCKS[version]), version)


def number(bits: list[int]) -> int:
    return int("".join(map(str, map(int, bits))), 2)


def reserved(version: int, side: int) -> set[tuple[int, int]]:
    """The modules that carry no data: finders with format, timing, alignment, version."""
    kept = {(y, x) for y in range(9) for x in range(9)}
    kept |= {(y, x) for y in range(9) for x in range(side - 8, side)} | {
        (x, y) for y in range(9) for x in range(side - 8, side)
    }
    kept |= set(chain.from_iterable(((6, at), (at, 6)) for at in range(side)))
    centres = [6, *ALIGNED[version]]
    corners = {(6, 6), (6, centres[-1]), (centres[-1], 6)}
    for centre in {(y, x) for y in centres for x in centres} - corners if ALIGNED[version] else set():
        kept |= {(centre[0] + down, centre[1] + along) for down in range(-2, 3) for along in range(-2, 3)}
    if version >= 7:
        kept |= {(y, x) for y in range(6) for x in range(side - 11, side - 8)}
        kept |= {(x, y) for y in range(6) for x in range(side - 11, side - 8)}
    return kept


def in_order(words: list[int], blocks: list[int]) -> list[int]:
    """The data words of one block after another; in the code they stand interleaved."""
    parts: list[list[int]] = [[] for _ in blocks]
    stream = iter(words)
    for place in range(max(blocks)):
        for part, length in zip(parts, blocks, strict=True):
            if place < length:
                part.append(next(stream))
    return list(chain.from_iterable(parts))


def text_of(words: list[int], version: int) -> str:
    assert version < 10, "longer codes count their bytes in 16 bits"
    bits = "".join(f"{word:08b}" for word in words)
    assert bits[:4] == "0100", "not in bytes"
    count = int(bits[4:12], 2)
    return bytes(int(bits[at : at + 8], 2) for at in range(12, 12 + 8 * count, 8)).decode("ascii")
