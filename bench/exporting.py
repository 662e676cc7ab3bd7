"""How long writing a report takes, by format: `python -m bench.exporting`.

Processor time on the samples, the best of several rounds; nothing is read from or written to a database.
"""

from __future__ import annotations

import os
import time

ROUNDS = 3


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from reports.exporting.official import FORMATS, export
    from samples.contents import all_samples
    from tests.exporting.reports import make_version

    versions = [
        make_version(sample.edition, sample.year, dict(sample.figures), {}, dict(sample.narrative))
        for sample in all_samples()
    ]
    print(f"{'format':8}{'reports':>8}{'ms each':>10}{'slowest':>10}{'KB each':>10}")
    for format in FORMATS:
        export(versions[0], format)  # what is only made once: fonts, compiler
        times, sizes = [], []
        for version in versions:
            best = float("inf")
            for _round in range(ROUNDS):
                begun = time.process_time()
                data, _content_type = export(version, format)
                best = min(best, time.process_time() - begun)
            times.append(best * 1000)
            sizes.append(len(data) / 1024)
        mean, size = sum(times) / len(times), sum(sizes) / len(sizes)
        print(f"{format:8}{len(versions):8}{mean:10.1f}{max(times):10.1f}{size:10.0f}")


if __name__ == "__main__":
    main()
