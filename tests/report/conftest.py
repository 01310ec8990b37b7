import pytest
from sample_report import DAY


@pytest.fixture(scope="session")
def doctor():
    from bolang.atlas import Atlas
    from bolang.diagnosis import Diagnostician

    return Diagnostician(Atlas(workspace=False))


@pytest.fixture(scope="session")
def report_of(doctor):
    from bolang.publish import report

    kept = {}

    def build(name):
        if name not in kept:
            kept[name] = report(name, diagnostician=doctor, day=DAY)
        return kept[name]

    return build
