"""The single file, where it has been built (`make package-onefile`): it starts, and is killed as a whole."""

import signal
from pathlib import Path

import httpx
import pytest

from tests.executable.program import ONE_FILE, Yizhan, is_free, until
from tests.executable.test_demo import ports, words

pytestmark = pytest.mark.executable
BUILT = [Yizhan(ONE_FILE)] if ONE_FILE.exists() else []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_it_serves_and_ends_as_a_whole(tmp_path: Path, number: int) -> None:
    for one_file in BUILT:
        serve_and_end(one_file, tmp_path, number)


def serve_and_end(one_file: Yizhan, tmp_path: Path, number: int) -> None:
    """Start it, end it, see that nothing is left, and start it again on the same folder."""
    near, far = ports()
    line = words(tmp_path / "d", (near, far), "--headless")
    with one_file.serving(*line) as first:
        assert httpx.get(first.facts["kiosk"] + "/", trust_env=False).status_code == 200
        first.tell(number)
        until(lambda: first.left() == [], "the end of both its processes")
        assert is_free(near) and is_free(far)
    with one_file.serving(*line) as second:
        assert second.facts["edge_token"] == first.facts["edge_token"]
