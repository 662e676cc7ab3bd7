"""What comes in by file: upload, batch, preview with corrections, storing and merging."""
