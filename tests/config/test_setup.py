"""The scripts that run before there is an environment."""

import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from config.bootstrap import apt, environment, native, package_index, pdf_tools, trust
from config.bootstrap.assets import MissingAsset, copy_assets, named_assets
from config.bootstrap.contexts import contexts, write_contexts
from config.bootstrap.messages import compile_messages
from config.bootstrap.package_index import Release
from config.bootstrap.stamps import fingerprint, is_fresh, set_stamp
from config.bootstrap.uv import NoUv, choose, find_uv, is_recent, platform_tags

WHEEL = b"the bytes of a wheel"
LINUX = ("manylinux", "x86_64")


def wheel(version: str, platform: str = "manylinux_2_17_x86_64.manylinux2014_x86_64") -> Release:
    return Release(f"uv-{version}-py3-none-{platform}.whl", "", "")


class Index(http.server.BaseHTTPRequestHandler):
    """A package index that speaks the newer form at /json/, the older one at /html/."""

    def do_GET(self) -> None:
        digest = hashlib.sha256(WHEEL).hexdigest()
        name = wheel("1.2.3").filename
        answers = {
            "/json/uv/": (
                "application/vnd.pypi.simple.v1+json",
                json.dumps(
                    {"files": [{"filename": name, "url": "/w", "hashes": {"sha256": digest}}]}
                ).encode(),
            ),
            "/html/uv/": ("text/html", f'<a href="../../f/{name}#sha256={digest}">x</a>'.encode()),
            "/w": ("application/octet-stream", WHEEL),
            f"/f/{name}": ("application/octet-stream", WHEEL),
        }
        kind, body = answers.get(self.path, ("text/plain", b""))
        self.server.asked_with = self.headers["Authorization"]  # type: ignore[attr-defined]
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Say nothing: the tests do."""


@pytest.fixture
def index() -> Iterator[http.server.HTTPServer]:
    server = http.server.HTTPServer(("127.0.0.1", 0), Index)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def unconfigured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without any configuration of pip or uv."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(package_index, "_pip_files", lambda: [tmp_path / "pip.conf"])


# --- the index and uv -----------------------------------------------------------------------


def test_our_version_of_uv_is_chosen_when_there() -> None:
    chosen = choose([wheel("0.99.0"), wheel("0.13.9"), wheel("0.9.1")], LINUX)
    assert chosen == wheel("0.13.9")


def test_otherwise_the_newest_by_number_not_by_letter() -> None:
    assert choose([wheel("0.9.9"), wheel("0.10.0")], LINUX) == wheel("0.10.0")


def test_only_a_wheel_for_this_machine_will_do() -> None:
    others = [wheel("0.13.9", "musllinux_1_1_x86_64"), wheel("0.13.9", "manylinux_2_28_aarch64")]
    with pytest.raises(NoUv, match="manylinux x86_64"):
        choose([*others, Release("uv-0.13.9.tar.gz", "", "")], LINUX)


@pytest.mark.parametrize(
    ("system", "machine", "libc", "expected"),
    [
        ("linux", "x86_64", "glibc", LINUX),
        ("linux", "aarch64", "", ("musllinux", "aarch64")),
        ("darwin", "arm64", "", ("macosx", "arm64")),
    ],
)
def test_the_platform_is_known_by_its_tags(
    monkeypatch: pytest.MonkeyPatch,
    system: str,
    machine: str,
    libc: str,
    expected: tuple[str, str],
) -> None:
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("platform.machine", lambda: machine)
    monkeypatch.setattr("platform.libc_ver", lambda: (libc, ""))
    assert platform_tags() == expected


@pytest.mark.parametrize(
    ("said", "recent"),
    [("uv 0.13.9 (x86_64)", True), ("uv 1.0.0", True), ("uv 0.4.30", False), ("", False)],
)
def test_an_old_uv_is_left_alone(said: str, recent: bool) -> None:
    assert is_recent(said) is recent


@pytest.mark.parametrize("form", ["json", "html"])
def test_both_forms_of_an_index_are_read(index: http.server.HTTPServer, form: str) -> None:
    address = f"http://127.0.0.1:{index.server_port}/{form}"
    (release,) = package_index.releases("uv", address)
    assert release.filename == wheel("1.2.3").filename
    assert package_index.download(release) == WHEEL


def test_a_changed_file_is_not_taken(index: http.server.HTTPServer) -> None:
    address = f"http://127.0.0.1:{index.server_port}/w"
    with pytest.raises(ValueError, match="not the file"):
        package_index.download(Release("w", address, "0" * 64))


def test_a_password_in_the_address_goes_into_a_header(index: http.server.HTTPServer) -> None:
    package_index.releases("uv", f"http://me:p%40ss@127.0.0.1:{index.server_port}/json")
    assert index.asked_with == "Basic bWU6cEBzcw=="  # type: ignore[attr-defined]


def test_the_index_is_pypi_until_somebody_says_otherwise(
    unconfigured: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert package_index.index_url() == "https://pypi.org/simple"
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = https://file.example/simple\n")
    assert package_index.index_url() == "https://file.example/simple"
    monkeypatch.setenv("PIP_INDEX_URL", "https://pip.example/simple")
    assert package_index.index_url() == "https://pip.example/simple"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "ours=https://uv.example/simple?a=b")
    assert package_index.index_url() == "https://uv.example/simple?a=b"
    assert package_index.is_mirror(package_index.index_url())
    assert not package_index.is_mirror("https://pypi.org/simple/")


def test_without_uv_and_index_a_person_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("config.bootstrap.uv._from_pip", lambda target: False)
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://me:secret@127.0.0.1:9/simple")
    with pytest.raises(NoUv, match="PIP_INDEX_URL") as error:
        find_uv(tmp_path)
    assert "secret" not in str(error.value)


def test_the_machines_own_certificates_are_told_to_tools(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = tmp_path / "bundle.pem"
    bundle.touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    monkeypatch.delenv("NODE_EXTRA_CA_CERTS", raising=False)
    assert trust.trusting_environment()["NODE_EXTRA_CA_CERTS"] == str(bundle)


# --- stamps and the environment -------------------------------------------------------------


def test_a_stamp_holds_for_exactly_one_content(tmp_path: Path) -> None:
    file, stamp = tmp_path / "lock", tmp_path / "deep" / ".stamp"
    before = fingerprint([file])
    assert not is_fresh(stamp, before)
    set_stamp(stamp, before)
    assert is_fresh(stamp, before)
    file.write_text("changed")
    assert not is_fresh(stamp, fingerprint([file]))
    assert fingerprint([file], "a") != fingerprint([file], "b")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, ...]]:
    """What uv was asked to do in an environment of nothing."""
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(environment, "find_uv", lambda tools: Path("uv"))
    monkeypatch.setattr(environment, "_uv", lambda uv, root, *words: asked.append(words))
    (tmp_path / ".venv").mkdir()
    for name in ("uv.lock", "pyproject.toml"):
        (tmp_path / name).write_text(name)
    return asked


def test_what_is_installed_is_not_installed_again(
    ran: list[tuple[str, ...]], tmp_path: Path, unconfigured: None
) -> None:
    assert environment.sync(tmp_path, groups=("setup",))
    assert not environment.sync(tmp_path, groups=("setup",))
    assert environment.sync(tmp_path, groups=("setup", "dev"))
    assert not environment.sync(tmp_path, groups=("setup",))
    assert len(ran) == 2
    (tmp_path / "uv.lock").write_text("another version")
    assert environment.sync(tmp_path, groups=("setup",))
    assert environment.sync(tmp_path, groups=("dev",)), "the other group is of the old version"


def test_a_mirror_gets_the_locked_versions_by_hash(
    ran: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    environment.sync(tmp_path, groups=("setup",))
    assert [words[0] for words in ran] == ["export", "venv", "pip"]
    assert "--require-hashes" in ran[-1]


# --- libraries, assets, translations --------------------------------------------------------


def test_missing_libraries_come_with_the_exact_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name if name == "apt-get" else None)
    said = native.advice(["libharfbuzz-subset0"])
    assert "sudo apt-get install --no-install-recommends libharfbuzz-subset0" in said
    monkeypatch.setattr("shutil.which", lambda name: name if name == "brew" else None)
    assert "brew install pango" in native.advice(["libpango-1.0-0"])


def test_missing_libraries_do_not_stop_the_rest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(native, "missing_packages", lambda: ["libpango-1.0-0"])
    monkeypatch.setattr(apt, "may_install", lambda: False)
    assert native.ensure_native_libraries() is False
    assert "libpango-1.0-0" in capsys.readouterr().err


def test_what_opens_certificates_in_tests_is_installed_or_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    synced: list[tuple[str, ...]] = []
    monkeypatch.setattr(pdf_tools, "missing_packages", lambda: ["qpdf", "libjaxb-java"])
    monkeypatch.setattr(pdf_tools, "missing_groups", lambda: ("pdf",))
    monkeypatch.setattr(pdf_tools, "sync", lambda root, groups: synced.append(groups))
    monkeypatch.setattr(apt, "may_install", lambda: False)
    said = pdf_tools.ensure_pdf_tools(tmp_path)
    assert said == "sudo apt-get install --no-install-recommends qpdf libjaxb-java"
    assert synced == [("pdf",)]
    monkeypatch.setattr(pdf_tools, "missing_packages", list)
    assert pdf_tools.ensure_pdf_tools(tmp_path) == ""


def test_a_package_that_cannot_be_had_is_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def nowhere(root: Path, groups: tuple[str, ...]) -> None:
        raise NoUv("no index")

    monkeypatch.setattr(pdf_tools, "missing_groups", lambda: ("pdf", "pkcs11"))
    monkeypatch.setattr(pdf_tools, "sync", nowhere)
    assert pdf_tools.ensure_pdf_tools(tmp_path) == "packages pdf, pkcs11: no index"


def test_only_named_assets_are_copied(tmp_path: Path) -> None:
    style, packages, vendor = tmp_path / "css", tmp_path / "packages", tmp_path / "vendor"
    style.mkdir()
    (style / "fonts.css").write_text('src: url("../vendor/fonts/serif-latin-600.woff2")')
    files = packages / "@fontsource" / "serif" / "files"
    files.mkdir(parents=True)
    for name in ("serif-latin-600.woff2", "serif-greek-600.woff2"):
        (files / name).write_text(name)
    names = named_assets([style])
    copy_assets(names, packages=packages, vendor=vendor)
    assert names == {"fonts/serif-latin-600.woff2"}
    assert [p.name for p in vendor.rglob("*.woff2")] == ["serif-latin-600.woff2"]


def test_a_font_that_no_package_has_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(MissingAsset, match=r"nothing\.woff2"):
        copy_assets({"fonts/nothing.woff2"}, packages=tmp_path, vendor=tmp_path)


def test_translations_are_compiled_once(tmp_path: Path) -> None:
    po = tmp_path / "sr" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
                  'msgid "Course"\nmsgstr "Курс"\n', encoding="utf-8")  # fmt: skip
    assert compile_messages(tmp_path) == [po]
    assert "Курс".encode() in po.with_suffix(".mo").read_bytes()
    assert compile_messages(tmp_path) == []


def test_a_broken_catalogue_is_not_half_compiled(tmp_path: Path) -> None:
    po = tmp_path / "sr" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text("this is no catalogue\n", encoding="utf-8")
    with pytest.raises(PoFileError):
        compile_messages(tmp_path)
    assert not po.with_suffix(".mo").exists()


# --- vocabularies -----------------------------------------------------------------------------


def test_a_vocabulary_is_read_out_of_a_script_and_never_run(tmp_path: Path) -> None:
    listing = "one.json pkg/one.jsonld\n\ntwo.json pkg/two.js\n"
    packages = tmp_path / "packages"
    (packages / "pkg").mkdir(parents=True)
    (packages / "pkg" / "one.jsonld").write_text('{"@context": {"a": "urn:a"}}')
    (packages / "pkg" / "two.js").write_text('// text\nmodule.exports = {"b": 2};\n')
    write_contexts(contexts(listing), packages=packages, vendor=tmp_path)
    written = {f.name: json.loads(f.read_text()) for f in (tmp_path / "contexts").iterdir()}
    assert written == {"one.json": {"@context": {"a": "urn:a"}}, "two.json": {"b": 2}}


@pytest.mark.parametrize("script", ["module.exports = load();", "", '{"a": 1'])
def test_a_package_that_holds_no_vocabulary_any_more_stops_the_set_up(
    tmp_path: Path, script: str
) -> None:
    (tmp_path / "one.js").write_text(script)
    with pytest.raises(ValueError, match="Expecting"):
        write_contexts({"one.json": "one.js"}, packages=tmp_path, vendor=tmp_path)
