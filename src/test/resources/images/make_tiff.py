"""Makes written-tiff.zip: small TIFFs by libtiff's tiffcp, Pillow and tifffile, and the SHA-256 of the
RGB that was written.

Needs Debian's package libtiff-tools (4.5.0 made the file that is here), numpy, Pillow, tifffile and
imagecodecs.
"""

import hashlib
import itertools
import json
import pathlib
import subprocess
import tempfile
import zipfile

import numpy as np
import tifffile
from PIL import Image

HERE = pathlib.Path(__file__).parent
RANDOM = np.random.default_rng(21)
FOLDER = tempfile.TemporaryDirectory()
ROWS = {}


def add(name, path, rgb):
    ROWS[name] = pathlib.Path(path).read_bytes(), hashlib.sha256(rgb.astype(np.uint8).tobytes()).hexdigest()


def tiffcp(source, *options):
    target = f"{FOLDER.name}/copy.tif"
    subprocess.run(["tiffcp", *options, source, target], check=True)
    return target


def bilevel(width, height):
    """Rows of runs of every length, and rows that are like the one above, a little to the side."""
    rows = np.zeros((height, width), np.uint8)
    for y in range(height):
        if y and RANDOM.random() < 0.4:
            rows[y] = np.roll(rows[y - 1], RANDOM.integers(-4, 5))
            continue
        x, colour = 0, RANDOM.integers(0, 2)
        while x < width:
            run = int(RANDOM.choice([RANDOM.integers(1, 70), RANDOM.integers(1, 8), RANDOM.integers(1, width + 1)]))
            rows[y, x : x + run] = 255 * colour
            x, colour = x + run, 1 - colour
    return rows


def faxes():
    for width, height in ((1, 1), (7, 5), (65, 40), (1728, 9), (5200, 12)):
        picture = bilevel(width, height)
        source = f"{FOLDER.name}/source.tif"
        Image.fromarray(picture).convert("1").save(source)
        rgb = np.repeat(picture[:, :, None], 3, 2)
        for packing, order in itertools.product(("g3:1d", "g3:2d", "g3:2d:fill", "g4"), ("msb2lsb", "lsb2msb")):
            name = f"fax-{width}x{height}-{packing.replace(':', '-')}-{order}.tif"
            add(name, tiffcp(source, "-c", packing, "-f", order, "-r", "5"), rgb)
        add(f"fax-{width}x{height}-tiles.tif", tiffcp(source, "-c", "g4", "-t", "-w", "32", "-l", "16"), rgb)
        packed = f"{FOLDER.name}/packed.tif"
        Image.fromarray(picture).convert("1").save(packed, compression="tiff_ccitt")
        add(f"fax-{width}x{height}-huffman.tif", packed, rgb)
        add(f"bits-{width}x{height}-lsb2msb.tif", tiffcp(source, "-c", "packbits", "-f", "lsb2msb"), rgb)


def sixteen_bits():
    ramp = np.add.outer(1900 * np.arange(19), 1500 * np.arange(23))
    picture = np.stack([ramp, 65535 - ramp, 7 * ramp % 65536], 2).astype(np.uint16)
    path = f"{FOLDER.name}/written.tif"
    for planar, packing, order, big in itertools.product(
        ("contig", "separate"), (("lzw", True), ("zlib", True)), "<>", (False, True)
    ):
        data = picture if planar == "contig" else np.moveaxis(picture, 2, 0)
        tifffile.imwrite(
            path, np.ascontiguousarray(data), photometric="rgb", planarconfig=planar, compression=packing[0],
            predictor=packing[1], byteorder=order, bigtiff=big, tile=(16, 16) if big else None, metadata=None,
        )
        kind = "little" if order == "<" else "big"
        add(f"rgb16-{planar}-{packing[0]}-{kind}-{'bigtiff-tiles' if big else 'strips'}.tif", path, picture >> 8)


def main():
    faxes()
    sixteen_bits()
    with zipfile.ZipFile(HERE / "written-tiff.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (data, _) in ROWS.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        table = {name: sha for name, (_, sha) in ROWS.items()}
        archive.writestr(zipfile.ZipInfo("sha256.json"), json.dumps(table, indent=1), zipfile.ZIP_DEFLATED)
    print(len(ROWS), "files")


main()
