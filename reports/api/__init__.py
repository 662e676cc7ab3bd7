"""The same data for programs, under /api/v1/: what is public, read only, with the filters of the pages."""
