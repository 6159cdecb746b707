"""Delete `sync/`, and a citizen can still hand in a form and get a receipt that is true."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CITIZEN = """
import importlib.util, json, sys
from pathlib import Path
from tests.fakes.one_site import make_site
from edge.desk.tokens import make_token
from edge.kiosk.app import create_kiosk

assert importlib.util.find_spec("sync") is None
site, _ = make_site(Path(sys.argv[1]))
browser = create_kiosk(site).test_client()
key = {"Authorization": "Bearer " + make_token(site.store, site.chance, "test")}
example = browser.get("/api/v1/items/MZ-01", headers=key).json["example"]
handed_in = browser.post("/api/v1/submissions", json={"item": "MZ-01", "answers": example},
                         headers={**key, "Idempotency-Key": "once"})
receipt = handed_in.json["receipt"]
tail = example["id_number"][-4:]
told = browser.post("/api/v1/track", json={"receipt": receipt, "tail": tail}, headers=key)
print(json.dumps({"status": handed_in.status_code, "state": told.json["state"], "home": browser.get("/").status_code}))
"""


def test_a_citizen_hands_in_a_form_and_tracks_it_without_sync(tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    leave_out = shutil.ignore_patterns("__pycache__", "__main__.py")
    for folder in ("edge", "static", "tests/fakes"):
        shutil.copytree(ROOT / folder, alone / folder, ignore=leave_out)
    (tmp_path / "site").mkdir()

    done = subprocess.run(
        [sys.executable, "-c", CITIZEN, str(tmp_path / "site")], cwd=alone, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(alone)})

    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {"status": 201, "state": "queued", "home": 200}
