"""Prints the report of Cargo.lock.txt; `cargo xtask bless` keeps it as report.txt.

The hosts' tests call `api.report(text, Options())` with the text of Cargo.lock.txt and compare
the result byte for byte with report.txt.
"""

import sys
from pathlib import Path

DATA = Path(__file__).resolve().parent
sys.path.insert(0, str(DATA.parent.parent))

from handlers import api  # noqa: E402

text = (DATA / "Cargo.lock.txt").read_text(encoding="utf-8")
sys.stdout.write(api.report(text, api.Options()))
