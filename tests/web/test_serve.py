"""How the server is started."""

import os
import socket
import subprocess
import sys


def test_a_port_on_which_something_listens_is_refused_before_a_browser_is_sent_there():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "bolang", "serve", "--port", port]
        said = subprocess.run(
            command, check=False, capture_output=True, text=True, env={**os.environ, "BOLANG_LANG": "en"}, timeout=60
        )
    assert said.returncode == 2
    assert port in said.stderr
    assert "--port" in said.stderr
