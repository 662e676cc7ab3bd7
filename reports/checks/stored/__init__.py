"""What is stored, as the rules see it: reports, and what each is held against. Few queries, however many reports."""
