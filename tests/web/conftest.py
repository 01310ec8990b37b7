import pytest

pytest.importorskip("starlette")

from starlette.testclient import TestClient

from bolang.web import Settings, create_app

HOME = "http://127.0.0.1:8377"


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("web")
    settings = Settings(workspace=folder / "own.duckdb", workspaces={"team": folder / "team.duckdb"}, token="secret")
    return create_app(settings, warm=False)


@pytest.fixture
def client(app):
    with TestClient(app, base_url=HOME, follow_redirects=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def atlas():
    from bolang.atlas import Atlas

    return Atlas(False)
