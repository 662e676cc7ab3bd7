"""Strangers' files are opened here and nowhere else: in a child process, one for each file, limited and without network.

client.py      asks for a function to be run on a file, and takes its answer: JSON of bounded length, under one deadline
server.py      the process that the children are forked off: it has loaded the readers, and knows no secret and no database
monitor.py     watches over one child: memory, processor and clock of everything that it started
isolation.py   what the operating system offers to confine a process
"""

from __future__ import annotations

from config.sandbox.client import Limits, SandboxFailed, network_is_isolated, run_sandboxed, start_server

__all__ = ["Limits", "SandboxFailed", "network_is_isolated", "run_sandboxed", "start_server"]
