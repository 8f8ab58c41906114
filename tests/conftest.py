"""What holds for all tests."""

from hypothesis import settings

# A busy machine is no defect: how long things take is measured in benchmarks/, never in a test.
settings.register_profile("clausewatch", deadline=None)
settings.load_profile("clausewatch")
