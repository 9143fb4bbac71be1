"""Runs the Python blocks of a page one after the other, as a reader does. Usage: recipes.py PAGE DIRECTORY"""

import pathlib
import re
import sys

page, directory = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
text = page.read_text(encoding="utf-8")
blocks = re.findall(r"^## ([^\n]*)|^```python\n(.*?)^```", text, re.M | re.S)
title, names, ran = "", {"__name__": "__main__"}, 0
iceberg = []
for heading, block in blocks:
    title = heading or title
    if block.startswith("# iceberg"):
        iceberg.insert(0, block)  # the session of it comes after it on the page
    elif block:
        print(f"--- {title}", flush=True)
        exec(compile(block, f"{page}: {title}", "exec"), names)
        ran += 1
names["spark"].stop()
assert ran >= 10, f"{ran} recipes: the page has another form"
assert len(iceberg) == 2
