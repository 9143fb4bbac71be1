"""Times Pillow's JPEG decoder for jobs/benchmark.sh --decode: reads lines `seconds file divisor`, writes the least CPU milliseconds.

A line `make folder photo...` makes JPEGs of 0.3, 12 and 50 megapixels from photographs, baseline and progressive.
"""

import io
import pathlib
import sys
import time

import PIL
from PIL import Image, features

SIZES = {"0.3": (640, 480), "12": (4000, 3000), "50": (8160, 6120)}


def decode(encoded, divisor):
    image = Image.open(io.BytesIO(encoded))
    if divisor > 1:
        image.draft("RGB", (image.width // divisor, image.height // divisor))
    image.convert("RGB").load()


def least_milliseconds(seconds, file, divisor):
    encoded = pathlib.Path(file).read_bytes()
    least, end = float("inf"), time.monotonic() + seconds
    while time.monotonic() < end or least == float("inf"):
        begin = time.thread_time()
        decode(encoded, divisor)
        least = min(least, (time.thread_time() - begin) * 1000)
    return least


def make(folder, photographs):
    for name, (width, height) in SIZES.items():
        sheet = Image.new("RGB", (width, height))
        for i in range(-(-width // 1000) * -(-height // 600)):
            photograph = Image.open(photographs[i % len(photographs)]).convert("RGB")
            tile = photograph.resize((1000, 1000 * photograph.height // photograph.width), Image.LANCZOS)
            sheet.paste(tile.crop((0, 0, 1000, 600)), (i % -(-width // 1000) * 1000, i // -(-width // 1000) * 600))
        for kind, progressive in (("baseline", False), ("progressive", True)):
            sheet.save(f"{folder}/{name}-{kind}.jpg", quality=88, subsampling=2, progressive=progressive)


print(f"Pillow {PIL.__version__}, libjpeg-turbo {features.version('libjpeg_turbo')}", flush=True)
for line in sys.stdin:
    words = line.rstrip("\n").split("\t")
    if words[0] == "make":
        make(words[1], words[2:])
        print("made", flush=True)
    else:
        print(least_milliseconds(float(words[0]), words[1], int(words[2])), flush=True)
