"""veraPDF, by its Java classes: one virtual machine in this process."""

from importlib import import_module
from pathlib import Path
from typing import Any

from config.bootstrap.pdf_tools import class_path


def broken_rules(file: Path, profile: str) -> list[str]:
    """Return what a file breaks of a profile (PDFA_3_A, PDFUA_1), each rule once."""
    java = _java()
    flavour = getattr(java.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"), profile)
    foundry = java.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(java.JClass("java.io.FileInputStream")(str(file)), flavour)
    try:
        result = foundry.createValidator(flavour, False).validate(parser)
        assert result.getTotalAssertions() > 20, "veraPDF has looked at next to nothing"
        failed = [one for one in result.getTestAssertions() if str(one.getStatus()) != "PASSED"]
        assert bool(result.isCompliant()) == (not failed)
        return sorted({f"{one.getRuleId()}: {one.getMessage()}" for one in failed})
    finally:
        parser.close()


def _java() -> Any:
    jpype = import_module("jpype")
    if not jpype.isJVMStarted():
        jpype.startJVM(classpath=class_path())
        jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype
