"""Makes lossless-webp.zip: small lossless WebPs by cwebp, and the SHA-256 of dwebp's RGB of each.

Needs Debian's package webp (1.2.4 made the file that is here), numpy and Pillow.
"""

import hashlib
import json
import pathlib
import subprocess
import tempfile
import zipfile

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).parent
RANDOM = np.random.default_rng(21)


def drawing(colours, width, height):
    palette = RANDOM.integers(0, 256, (colours, 3)).astype(np.uint8)
    numbers = np.zeros((height, width), int)
    for _ in range(60):
        x, y = RANDOM.integers(0, width), RANDOM.integers(0, height)
        right, bottom = x + RANDOM.integers(1, 12), y + RANDOM.integers(1, 9)
        numbers[y:bottom, x:right] = RANDOM.integers(0, colours)
    return Image.fromarray(palette[numbers])


def pictures():
    for colours in (1, 2, 3, 4, 5, 16, 17, 128, 256):
        yield f"drawing-{colours}", drawing(colours, 61, 43)
    photograph = Image.open(HERE / "png/rgb.png").convert("RGB").resize((24, 17))
    yield "photograph", photograph
    ramp = np.add.outer(np.arange(photograph.height), np.arange(photograph.width))
    translucent = photograph.convert("RGBA")
    translucent.putalpha(Image.fromarray((7 * ramp % 256).astype(np.uint8)))
    yield "alpha", translucent
    yield "1x1", drawing(3, 1, 1)
    yield "1x300", drawing(3, 1, 300)
    stripes = np.arange(3 * 16383) // 97 % 256
    yield "16383x1", Image.fromarray(stripes.astype(np.uint8).reshape(1, -1, 3))
    noise = RANDOM.integers(0, 256, (9, 13, 3)).astype(np.uint8)
    yield "noise", Image.fromarray(noise)


def main():
    rows = {}
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(
        HERE / "lossless-webp.zip", "w", zipfile.ZIP_DEFLATED
    ) as archive:
        png, webp, ppm = (f"{folder}/{name}" for name in ("in.png", "out.webp", "out.ppm"))
        efforts = [["-m", str(m)] for m in range(7)] + [["-z", z] for z in "0369"]
        for title, picture in pictures():
            picture.save(png)
            for effort in efforts:
                subprocess.run(["cwebp", "-quiet", "-lossless", "-exact", *effort, png, "-o", webp], check=True)
                data = pathlib.Path(webp).read_bytes()
                if any(data == other for other, _ in rows.values()):
                    continue
                subprocess.run(["dwebp", "-quiet", webp, "-ppm", "-o", ppm], check=True)
                rgb = pathlib.Path(ppm).read_bytes().split(b"\n", 3)[3]
                name = f"{title}{''.join(effort)}.webp"
                rows[name] = data, hashlib.sha256(rgb).hexdigest()
        for name, (data, _) in rows.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        table = {name: sha for name, (_, sha) in rows.items()}
        archive.writestr(zipfile.ZipInfo("sha256.json"), json.dumps(table, indent=1), zipfile.ZIP_DEFLATED)
    print(len(rows), "files")


main()
