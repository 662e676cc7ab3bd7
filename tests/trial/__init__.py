"""The site is broken on purpose, with real processes: `make trial`, or `python -m tests.trial [DATABASE] [FAULT ...]`.

Each fault is one function; its docstring says what is done, and is printed with what came of it.
"""
