"""Makes generated.zip: small JPEGs of every kind, and expected.csv, the SHA-256 of their RGB at full size,
1/2, 1/4 and 1/8.

Needs Pillow 13 (libjpeg-turbo 3.2), numpy, and cjpeg 2.1.5 on the path. Run it with JSIMD_FORCENONE=1: then
libjpeg-turbo computes in plain C, which differs from its SIMD code for damaged coefficients only.
"""

import csv
import hashlib
import io
import random
import subprocess
import zipfile

import numpy
from PIL import Image, ImageFile

RANDOM = random.Random(21)
SAMPLINGS = [
    "1x1", "2x1", "1x2", "2x2", "4x1", "1x4", "4x2", "2x4", "1x1,2x1,1x1", "2x2,1x2,1x2", "2x2,2x1,2x1",
    "2x2,1x1,2x2", "1x1,2x2,2x2", "3x1", "1x3", "2x1,2x1,1x1", "4x1,2x1,2x1", "1x2,1x1,1x2",
]
SIZES = [(1, 1), (2, 3), (3, 2), (5, 5), (7, 9), (16, 16), (17, 17), (33, 31), (47, 5), (5, 47), (61, 40)]


def picture(width, height, seed):
    noise = numpy.random.RandomState(seed).randint(-40, 40, (height, width, 3))
    y, x = numpy.mgrid[0:height, 0:width]
    waves = (numpy.sin(x / 7 + seed) + numpy.cos(y / 5)) * 60 + 128
    planes = [waves, x * 255 / max(1, width - 1), y * 255 / max(1, height - 1)]
    return numpy.clip(numpy.stack(planes, -1) + noise, 0, 255).astype(numpy.uint8)


def cjpeg(pixels, *options):
    ppm = b"P6 %d %d 255\n" % (pixels.shape[1], pixels.shape[0]) + pixels.tobytes()
    return subprocess.run(["cjpeg", *options], input=ppm, capture_output=True, check=True).stdout


def scans(jpeg):
    """Where the scan headers stand."""
    found, at = [], 2
    while True:
        while jpeg[at] != 0xFF or jpeg[at + 1] in (0, 0xFF) or 0xD0 <= jpeg[at + 1] <= 0xD7:
            at += 1
        if jpeg[at + 1] == 0xD9:
            return found
        if jpeg[at + 1] == 0xDA:
            found.append(at)
        at += 2 + jpeg[at + 2] * 256 + jpeg[at + 3]


def regular():
    for sampling in SAMPLINGS:
        for progressive in (False, True):
            for width, height in RANDOM.sample(SIZES, 3):
                quality = RANDOM.choice([1, 10, 50, 75, 90, 100])
                restart = RANDOM.choice([None, None, "1", "1B", "3B", "7B"])
                options = ["-quality", str(quality), "-sample", sampling, "-optimize"]
                options += ["-progressive"] if progressive else []
                options += ["-restart", restart] if restart else []
                name = f"{sampling}-{width}x{height}-q{quality}-r{restart}-{'p' if progressive else 'b'}"
                yield name, cjpeg(picture(width, height, RANDOM.randrange(1000)), *options)
    for width, height in RANDOM.sample(SIZES, 4):
        for progressive in (False, True):
            pixels = picture(width, height, RANDOM.randrange(1000))
            options = ["-grayscale", "-optimize"] + (["-progressive"] if progressive else [])
            yield f"grey-{width}x{height}-{'p' if progressive else 'b'}", cjpeg(pixels, *options)
            encoded = io.BytesIO()
            subsampling = RANDOM.choice([0, 1, 2])
            Image.fromarray(pixels).convert("CMYK").save(
                encoded, "jpeg", quality=80, progressive=progressive, subsampling=subsampling, optimize=True)
            yield f"cmyk-{width}x{height}-{subsampling}-{'p' if progressive else 'b'}", encoded.getvalue()


def without_last_scans():
    for sampling in ("1x1", "2x1", "2x2", "2x4"):
        for width, height in ((9, 7), (33, 41)):
            whole = cjpeg(picture(width, height, 5), "-quality", "40", "-sample", sampling, "-progressive")
            starts = scans(whole)
            for kept in sorted({1, *RANDOM.sample(range(1, len(starts)), 4)}):
                yield f"first-{kept}-scans-{sampling}-{width}x{height}", whole[: starts[kept]] + b"\xff\xd9"


def large_coefficients():
    """Valid streams whose quantization steps are 255 throughout: samples leave their range by far."""
    for sampling in ("1x1", "2x2"):
        for quality in (90, 100):
            for progressive in (False, True):
                jpeg = bytearray(
                    cjpeg(picture(40, 24, quality), "-quality", str(quality), "-sample", sampling,
                          "-optimize", *(["-progressive"] if progressive else [])))
                at = 0
                while (at := jpeg.find(b"\xff\xdb", at)) >= 0:
                    for i in range(64):
                        jpeg[at + 5 + i] = 255
                    at += 69
                yield f"large-{sampling}-q{quality}-{'p' if progressive else 'b'}", bytes(jpeg)


def reduce(image, divisor):
    """What Image.draft does, for pictures of any size."""
    codec, _, offset, arguments = image.tile[0]
    image._size = tuple(-(-side // divisor) for side in image.size)
    image.tile = [ImageFile._Tile(codec, (0, 0) + image.size, offset, arguments)]
    image.decoderconfig = (divisor, 0)


def rgb(jpeg, divisor):
    image = Image.open(io.BytesIO(jpeg))
    reduce(image, divisor)
    image.load()
    if image.mode != "CMYK":
        return image.convert("RGB").tobytes()
    stored = 255 - numpy.asarray(image).astype(int)  # Pillow inverts
    return ((stored[..., :3] * stored[..., 3:] + 127) // 255).astype(numpy.uint8).tobytes()


def main():
    with zipfile.ZipFile("generated.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive, \
            open("expected.csv", "w", newline="") as table:
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(["name", "full", "half", "quarter", "eighth"])
        for source in (regular, without_last_scans, large_coefficients):
            for name, jpeg in source():
                name = name.replace(",", "_")
                archive.writestr(zipfile.ZipInfo(name), jpeg, zipfile.ZIP_DEFLATED)
                rows.writerow([name] + [hashlib.sha256(rgb(jpeg, each)).hexdigest() for each in (1, 2, 4, 8)])


if __name__ == "__main__":
    main()
