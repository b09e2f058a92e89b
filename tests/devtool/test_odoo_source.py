# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from pathlib import Path

import pytest

from setup.common.console import SetupError
from setup.get.odoo import source as odoo_source
from setup.get.odoo.source import OdooSource
from setup.get.python.requirement_lines import odoo_lines

RELEASE = "version_info = ({}, 0, FINAL, 0, '')\n"


def make(folder: Path, version: str) -> Path:
    package = folder / "odoo"
    package.mkdir(parents=True)
    (package / "release.py").write_text("# release\n" + RELEASE.format(version))
    return folder


def test_the_series_is_read_from_the_source(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("ODOO_HOME", str(make(tmp_path, "19, 0")))
    assert odoo_source.given_series() == "19.0"
    source = odoo_source.obtain("19.0")
    assert source == OdooSource("19.0", tmp_path)


def test_a_package_lies_deeper(tmp_path, monkeypatch) -> None:
    home = make(tmp_path / "usr/lib/python3/dist-packages", "19, 0")
    (home / "odoo/addons/web").mkdir(parents=True)
    (home / "addons").mkdir()
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    source = odoo_source.obtain("19.0")
    assert source.home == home
    assert source.core_addons == [], "its addons folder lacks the data files"


@pytest.mark.parametrize("version", ["17, 0", "'saas~18', 2"])
def test_unknown_series(version: str, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("ODOO_HOME", str(make(tmp_path, version)))
    with pytest.raises(SetupError, match="do not support") as caught:
        odoo_source.given_series()
    assert "18.0, 19.0" in caught.value.fix


def test_not_the_series_asked_for(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("ODOO_HOME", str(make(tmp_path, "18, 0")))
    with pytest.raises(SetupError, match=r"holds Odoo 18\.0, not 19\.0"):
        odoo_source.obtain("19.0")


def test_no_odoo_at_all(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    with pytest.raises(SetupError, match="There is no Odoo"):
        odoo_source.given_series()


def test_requirements_need_no_compiler(tmp_path) -> None:
    home = make(tmp_path, "18, 0")
    (home / "requirements.txt").write_text(
        "# a comment\n"
        "lxml==4.9.3 ; python_version < '3.12' # why\n"
        "idna==2.10\n"
        "psycopg2==2.9.5 ; python_version == '3.11'\n"
        "python-ldap==3.4.0 ; sys_platform != 'win32'\n"
    )
    assert odoo_lines(OdooSource("18.0", home)) == [
        "lxml==4.9.3 ; python_version < '3.12'",
        "psycopg2-binary==2.9.5 ; python_version == '3.11'",
    ]


def test_requirements_of_a_package(tmp_path) -> None:
    home = make(tmp_path, "19, 0")
    metadata = home / "odoo-19.0.egg-info"
    metadata.mkdir()
    (metadata / "PKG-INFO").write_text(
        "Name: odoo\n"
        "Requires-Dist: psycopg2>=2.2\n"
        "Requires-Dist: zeep\n"
        'Requires-Dist: python-ldap; extra == "ldap"\n'
    )
    lines = odoo_lines(OdooSource("19.0", home))
    assert lines == ["psycopg2-binary>=2.2", "zeep"]
