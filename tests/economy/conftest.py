"""Makes the naive solver importable and turns its primitives into a calibrated economy of the package."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
