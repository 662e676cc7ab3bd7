"""What is left in the end."""

from __future__ import annotations

from tests.trial.fault import Outcome, fault
from tests.trial.site import Site


@fault()
def everything_afterwards(site: Site, outcome: Outcome) -> None:
    """After all of this
    `seal_record`, `verify_record`, `verify_originals` and `doctor` on the site that went through it."""
    for command in ("seal_record", "verify_record", "verify_originals", "doctor"):
        done = site.manage(command)
        outcome.must(done.returncode == 0, f"{command}: {done.stdout[-800:]}{done.stderr[-800:]}")
        outcome.seen = " · ".join(filter(None, [outcome.seen, done.stdout.strip().splitlines()[-1]]))
