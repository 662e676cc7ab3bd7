"""Whole narratives that are nearly another report's: masked, cut into shingles, sketched, compared. Pure."""
