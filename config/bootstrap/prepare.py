"""Everything the project needs before it can run: `python3 -m config.bootstrap.prepare`.

Runs on a Python without any package. What has not changed is not done again.
"""

import subprocess
import sys
from pathlib import Path

from config.bootstrap.assets import MissingAsset, ensure_assets
from config.bootstrap.environment import sync, venv_python
from config.bootstrap.native import ensure_native_libraries
from config.bootstrap.uv import NoUv

ROOT = Path(__file__).resolve().parents[2]
_TO_RUN = ("setup",)
_TO_WORK_ON_IT = ("setup", "dev")


def prepare(root: Path, *, groups: tuple[str, ...]) -> None:
    """Make the environment, the libraries, the assets and the translations ready."""
    sync(root, groups=groups)
    ensure_native_libraries()
    ensure_assets(root)
    subprocess.run([venv_python(root), "-m", "config.bootstrap.messages"], cwd=root, check=True)


def main(words: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  (an older one may read this, too)
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
        return 1
    try:
        prepare(ROOT, groups=_TO_RUN if words == ["run"] else _TO_WORK_ON_IT)
    except (NoUv, MissingAsset) as error:
        print(error, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"This did not work: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
