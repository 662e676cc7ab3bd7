"""Jobs: work too long for a page, done by workers (`manage.py work`) step by step.

A job is a row of its own beside the task of the library that starts it, for a task whose worker was killed stays running for
ever. The worker holds a lease on the job and carries out each step in one transaction with the job's progress, so that a step
is done once or not at all, whenever the worker dies and whoever goes on.

    steps.py      what a kind of job consists of, and the kinds that there are
    lease.py      the hold of a worker on a job
    running.py    the task that a worker carries out
    starting.py   start, stop, resume, and the search for jobs whose worker was killed
    access.py     who sees whose jobs
"""
