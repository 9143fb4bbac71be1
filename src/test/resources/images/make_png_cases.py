"""PNGs with palettes longer and shorter than a pixel can name, and with orientation in every place that Pillow knows.

usage: make_png_cases.py png-cases.zip    (Pillow 13; the archive's expected.json has the upright size and SHA-256 of RGB,
or "error" where Pillow refuses the file; cases that make Pillow itself throw in exif_transpose are left out)
"""

import hashlib
import io
import json
import random
import struct
import sys
import zipfile
import zlib

from PIL import Image, ImageOps

exp = {}


def ch(t, d):
    return struct.pack('>I', len(d)) + t + d + struct.pack('>I', zlib.crc32(t + d))


def png(w, h, depth, ct, raw, extra=[], after=[]):
    return (
        b'\x89PNG\r\n\x1a\n'
        + ch(b'IHDR', struct.pack('>IIBBBBB', w, h, depth, ct, 0, 0, 0))
        + b''.join(extra)
        + ch(b'IDAT', zlib.compress(raw))
        + b''.join(after)
        + ch(b'IEND', b'')
    )


def pal(n):
    return bytes((i * 37 + c * 91) % 256 for i in range(n) for c in range(3))


random.seed(1)
cases = {}
for d in (1, 2, 4, 8):
    w, h = 13, 5
    row = (w * d + 7) // 8
    raw = b''.join(b'\0' + bytes(random.randrange(256) for _ in range(row)) for _ in range(h))
    for n in sorted({1 << d, (1 << d) + 1, 256}):
        if n > 256:
            continue
        cases[f'pal-{d}-{n}'] = png(w, h, d, 3, raw, [ch(b'PLTE', pal(n))])
    cases[f'pal-{d}-300'] = png(w, h, d, 3, raw, [ch(b'PLTE', pal(300))])
    cases[f'pal-{d}-short'] = png(w, h, d, 3, raw, [ch(b'PLTE', pal(max(1, (1 << d) // 2)))])
g = b''.join(b'\0' + bytes((x * 9 + y * 7) % 256 for x in range(13)) for y in range(5))
cases['grey-plte'] = png(13, 5, 8, 0, g, [ch(b'PLTE', pal(4))])
rgb = b''.join(b'\0' + bytes((x * 9 + y * 7) % 256 for x in range(39)) for y in range(5))
cases['rgb-plte300'] = png(13, 5, 8, 2, rgb, [ch(b'PLTE', pal(300))])
cases['rgb-plte-odd'] = png(13, 5, 8, 2, rgb, [ch(b'PLTE', b'1234')])


def exif(o, t=3, le=True):
    e = '<' if le else '>'
    return (
        (b'II*\0' if le else b'MM\0*')
        + struct.pack(e + 'I', 8)
        + struct.pack(e + 'H', 1)
        + struct.pack(e + 'HHI', 274, t, 1)
        + (struct.pack(e + 'HH', o, 0) if t == 3 else struct.pack(e + 'I', o))
        + struct.pack(e + 'I', 0)
    )


noexif = b'II*\0' + struct.pack('<IHHHIHHI', 8, 1, 256, 3, 1, 5, 0, 0)


def rawp(b, name='exif', pre=b'Exif\0\0'):
    h = (pre + b).hex()
    lines = '\n'.join(h[i : i + 72] for i in range(0, len(h), 72))
    return ('\n%s\n%8d\n%s\n' % (name, len(h) // 2, lines)).encode()


RP = b'Raw profile type exif\0'
XP = b'XML:com.adobe.xmp\0'
x = lambda o: b'<x:xmpmeta><rdf:Description tiff:Orientation="%d"/></x:xmpmeta>' % o
xe = lambda o: b'<x:xmpmeta><tiff:Orientation>%d</tiff:Orientation></x:xmpmeta>' % o
E = {
    'eXIf': [ch(b'eXIf', exif(6))],
    'eXIf-prefix': [ch(b'eXIf', b'Exif\0\0' + exif(6))],
    'eXIf-prefix2': [ch(b'eXIf', b'Exif\0\0' * 2 + exif(6, le=False))],
    'raw-t': [ch(b'tEXt', RP + rawp(exif(8)))],
    'raw-z': [ch(b'zTXt', RP + b'\0' + zlib.compress(rawp(exif(8))))],
    'raw-i': [ch(b'iTXt', RP + b'\0\0\0\0' + rawp(exif(5)))],
    'raw-app1': [ch(b'zTXt', b'Raw profile type APP1\0\0' + zlib.compress(rawp(exif(8))))],
    'raw-bad': [ch(b'tEXt', RP + b'\nexif\n 12\nzz\n')],
    'xmp': [ch(b'iTXt', XP + b'\0\0\0\0' + x(3))],
    'xmp-e': [ch(b'iTXt', XP + b'\0\0\0\0' + xe(7))],
    'xmp-z': [ch(b'iTXt', XP + b'\1\0\0\0' + zlib.compress(x(6)))],
    'xmp-0': [ch(b'iTXt', XP + b'\0\0\0\0' + x(0))],
    'xmp-t': [ch(b'tEXt', XP + x(6))],
    'both': [ch(b'eXIf', exif(6)), ch(b'tEXt', RP + rawp(exif(8))), ch(b'iTXt', XP + b'\0\0\0\0' + x(3))],
    'raw+xmp': [ch(b'iTXt', XP + b'\0\0\0\0' + x(3)), ch(b'tEXt', RP + rawp(exif(8)))],
    'noexif+raw+xmp': [ch(b'eXIf', noexif), ch(b'tEXt', RP + rawp(exif(8))), ch(b'iTXt', XP + b'\0\0\0\0' + x(3))],
    'exif1+xmp': [ch(b'eXIf', exif(1)), ch(b'iTXt', XP + b'\0\0\0\0' + x(3))],
    'exif9+xmp': [ch(b'eXIf', exif(9)), ch(b'iTXt', XP + b'\0\0\0\0' + x(3))],
    'exif-long': [ch(b'eXIf', exif(6, t=4))],
    'exif-twice': [ch(b'eXIf', exif(6)), ch(b'eXIf', exif(3))],
    'exif-bad+xmp': [ch(b'eXIf', b'II*\0\xff\xff\xff\0'), ch(b'iTXt', XP + b'\0\0\0\0' + x(3))],
    'xmp-latin': [ch(b'iTXt', XP + b'\0\0\0\0\xff\xfe' + x(3))],
}
for k, v in E.items():
    cases['o-' + k] = png(13, 5, 8, 2, rgb, v)
    cases['a-' + k] = png(13, 5, 8, 2, rgb, [], v)
for k in ('o-eXIf-prefix2', 'a-eXIf-prefix2', 'o-raw-bad', 'a-raw-bad'):
    del cases[k]
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as archive:
    for name, data in cases.items():
        archive.writestr(name + '.png', data)
        try:
            image = Image.open(io.BytesIO(data))
            image.load()
            image = ImageOps.exif_transpose(image)
            digest = hashlib.sha256(image.convert('RGB').tobytes()).hexdigest()
            exp[name + '.png'] = '%dx%d %s' % (*image.size, digest)
        except ValueError:
            exp[name + '.png'] = 'error'
    archive.writestr('expected.json', json.dumps(exp, indent=1))
