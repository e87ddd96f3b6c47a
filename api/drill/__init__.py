"""A drill: a copy of a ledger is attacked in every way that we know, and it is written down who notices.

What nobody notices is not passed over: it stands in the matrix with its reason, which is the residue of this design.
"""
