"""`python -m api` is `netral`, where the command itself is not installed."""

from api.cli import main

main()
