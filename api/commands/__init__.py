"""The command line, one file for each thing that is asked of a ledger."""
