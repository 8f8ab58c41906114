"""`python -m clausewatch`: the same as the command `clausewatch`."""

from clausewatch.cli.main import main

main()
