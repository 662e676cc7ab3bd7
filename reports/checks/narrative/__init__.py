"""What the prose of a report says, held against its tables, against itself and against last year's report."""
