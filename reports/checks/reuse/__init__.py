"""Whole narratives that are nearly another report's: masked, cut into shingles, signed, compared. Pure."""
