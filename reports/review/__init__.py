"""The supervisor's side: the queue of findings with their evidence, and the progress of the year."""
