"""Fetch the scripts that the web pages use, check them, and lay them beside their licences in ``web/static/vendor``.

Run ``python -m pipeline.web_assets`` where npm and its registry are at hand; the result is committed, users fetch nothing.
"""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src/bolang/web/static/vendor"


@dataclass(frozen=True)
class Package:
    """A package of the npm registry, and what is taken from it.

    Attributes
    ----------
    sha256 : str
        Digest of the archive.
    files : mapping of str to str
        From the path in the archive to the name here.
    """

    name: str
    version: str
    sha256: str
    files: dict[str, str]


PACKAGES = (
    Package(
        "htmx.org",
        "2.0.11",
        "165a2655073e9e6e55e307a7c74e8ebcdb76afb7701f9c16cfd106a13add408e",
        {"package/dist/htmx.min.js": "htmx.min.js", "package/LICENSE": "htmx.LICENSE"},
    ),
)


def fetch(package: Package, folder: Path) -> None:
    """Fetch a package, check its digest and lay its files into a folder.

    Raises
    ------
    ValueError
        If the archive is not the one that was looked at.
    """
    with tempfile.TemporaryDirectory() as work:
        command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
        name = subprocess.run(command, cwd=work, check=True, capture_output=True, text=True).stdout.split()[-1]
        archive = Path(work) / name
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        if digest != package.sha256:
            raise ValueError(f"{package.name} {package.version}: digest {digest}, expected {package.sha256}")
        with tarfile.open(archive) as opened:
            for path, target in package.files.items():
                member = opened.extractfile(path)
                assert member is not None
                # Maps of source lines are not shipped, so nothing may ask for them.
                content = b"\n".join(
                    line for line in member.read().split(b"\n") if not line.startswith(b"//# sourceMappingURL")
                )
                (folder / target).write_bytes(content)


def main() -> None:
    """Fetch all packages and write down which versions they are."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        fetch(package, TARGET)
    listed = "".join(f"{p.name} {p.version} sha256 {p.sha256}\n" for p in PACKAGES)
    (TARGET / "VERSIONS").write_text(listed, encoding="utf-8")


if __name__ == "__main__":
    main()
