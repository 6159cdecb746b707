"""The committed index is what its build script makes, byte for byte."""

import importlib.util
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_building_again_gives_the_committed_bytes() -> None:
    spec = importlib.util.spec_from_file_location("pinyin_index_build", ROOT / "install" / "pinyin_index.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    committed = (ROOT / "edge" / "kiosk" / "data" / "pinyin.txt").read_text(encoding="utf-8")
    # another version of the sources may give other words; then build again and commit
    assert committed.startswith(f"yizhan-pinyin 1 jieba {version('jieba')} pypinyin {version('pypinyin')}\n")
    assert script.build() == committed
