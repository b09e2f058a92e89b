# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from pathlib import Path

from setup.get.odoo.dangling_links import dangling_links, fill_from
from setup.get.odoo.private_apt import candidates


def test_a_plain_mirror_is_tried_as_it_is() -> None:
    assert candidates(["http://mirror.example/debian"]) == [
        "http://mirror.example/debian"
    ]


def test_a_snapshot_of_old_is_tried_as_of_today_first() -> None:
    old = "http://snapshot.example/archive/debian/20250520T000000Z"
    first, second, *_ = candidates([old])
    assert re.fullmatch(r"http://snapshot.example/archive/debian/\d{8}T\d{6}Z", first)
    assert first > old
    assert second == old


def test_another_distribution_may_have_debian_beside() -> None:
    found = candidates(
        ["http://mirror.example/ubuntu", "http://x.example/debian-security"]
    )
    assert found[0] == "http://mirror.example/debian"
    assert not any("security" in address for address in found)


def test_links_of_a_package_are_filled(tmp_path: Path) -> None:
    tree, beside = tmp_path / "tree", tmp_path / "beside"
    for folder in (tree / "lib", beside / "share", tree / "share"):
        folder.mkdir(parents=True)
    (tree / "share" / "there.ttf").write_text("there")
    (beside / "share" / "icon.ttf").write_text("font")
    for name in ("there", "icon", "nowhere"):
        (tree / "lib" / f"{name}.ttf").symlink_to(f"../share/{name}.ttf")
    missing = dangling_links(tree)
    assert {path.name for path in missing} == {"icon.ttf", "nowhere.ttf"}
    fill_from(beside, tree, missing)
    assert (tree / "lib" / "icon.ttf").read_text() == "font"
    assert [path.name for path in dangling_links(tree)] == ["nowhere.ttf"]
