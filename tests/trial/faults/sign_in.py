"""Passwords that somebody guesses."""

from __future__ import annotations

from tests.trial.fault import Database, Outcome, fault
from tests.trial.site import COLLEAGUE, PASSWORD, THIRD, Site

GUESSES = 120
GUESSER = "203.0.113.66"


@fault(Database.SQLITE)
def password_guesses(site: Site, outcome: Outcome) -> None:
    """Passwords are guessed, many and quickly
    From one address 120 guesses against a clerk's name: in the browser that he knows he must get in all the same,
    also from there."""
    known = site.visitor(THIRD)
    known.post("/accounts/logout/", {})
    guesser = site.visitor(address=GUESSER)
    with site.others_at_work() as others:
        taken = [guesser.sign_in(THIRD, f"guess-{number}") for number in range(GUESSES)]
        locked = not site.visitor(address=GUESSER).sign_in(THIRD, PASSWORD)
        known.session.headers["X-Forwarded-For"] = GUESSER
        outcome.lost = int(not known.sign_in(THIRD, PASSWORD))
        outcome.must(known.get("/filing/").status_code == 200, "he is not signed in")
        elsewhere = site.visitor(address="198.51.100.77").sign_in(COLLEAGUE, PASSWORD)
    outcome.must(not any(taken), "a guess was taken")
    outcome.must(locked, "the guesser was not stopped")
    outcome.must(elsewhere, "somebody else was locked out")
    outcome.lost += others.lost
    outcome.seen = f"{sum(taken)} of {GUESSES} guesses taken; {others}"
