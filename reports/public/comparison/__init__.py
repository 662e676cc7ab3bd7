"""Agencies × years × figures and rates: what an address chooses, the tables it shows, the files that hold the same."""
