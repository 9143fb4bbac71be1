"""Executes notebooks from scratch, in the repository's root, and writes them with their outputs.

Usage: execute.py TARGET_FOLDER NOTEBOOK... Called by run.sh. A cell that fails ends it with that cell's error.
"""

import pathlib
import sys

import nbformat
from nbclient import NotebookClient

ROOT = pathlib.Path(__file__).resolve().parent.parent
LARGEST = 300_000


def execute(source: pathlib.Path, target: pathlib.Path) -> None:
    notebook = nbformat.read(source, as_version=4)
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": ROOT}}).execute()
    for number, cell in enumerate(notebook.cells, 1):
        cell.metadata = {}
        if cell.cell_type == "code":  # what Spark's JVM says there is different each time
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
        cell.id = f"cell-{number}"
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    text = nbformat.writes(notebook) + "\n"
    check(source.name, text)
    target.write_text(text, encoding="utf-8")


def check(name: str, text: str) -> None:
    """What is committed must be small, and the same on every machine."""
    if len(text) > LARGEST:
        sys.exit(f"{name}: {len(text)} bytes with its outputs, at most {LARGEST} are wanted")
    for place in (str(ROOT), str(pathlib.Path.home())):
        if place != "/" and place in text:
            sys.exit(f"{name}: an output has the path {place} of this machine in it")


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for path in map(pathlib.Path, sys.argv[2:]):
        print(f"{path.name} ...", flush=True)
        execute(path, folder / path.name)
