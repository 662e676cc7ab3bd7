"""The record of what was done: chains of digests, sealed in trees with signed heads (`docs/security.md`)."""
