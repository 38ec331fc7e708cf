"""Running a piece of Python inside Odoo, through its own ``odoo shell``.

For what can't be done by the external API: making an API key, and setting up before
the server starts.
"""

import json
import tempfile
from pathlib import Path

from dev.machine.process import run
from dev.office.environment import Environment

MARK = "##result##"


def run_inside(environment: Environment, database: str, script: str, **values) -> dict:
    """Run `script` in Odoo on `database`, as the superuser, and commit.

    The script finds `env`, and `values` as a dictionary of that name. What it puts
    into the dictionary `result` is returned; both must be fit for JSON.

    :raises SetupError: the script failed; the text holds the traceback
    """
    text = "\n".join(
        [
            "import json",
            f"values = json.loads({json.dumps(values)!r})",
            "result = {}",
            script,
            "env.cr.commit()",
            f"print({MARK!r} + json.dumps(result))",
        ]
    )
    with tempfile.TemporaryDirectory() as folder:
        config = environment.write_config(Path(folder) / "odoo.conf", log_level="warn")
        output = run(
            environment.command("shell", "-c", config, "-d", database, "--no-http"),
            "A script inside Odoo failed.",
            env=environment.variables(),
            stdin=text,
        )
    return json.loads(output.rpartition(MARK)[2])
