"""Where the tests find Saltmarsh, the made-up force, and the day on which they take place."""
import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GOOD = ROOT / "tests" / "good"
SCHEMA = ROOT / "schema"
TODAY = datetime.date(2026, 11, 22)
