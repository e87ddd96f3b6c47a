"""One router for each resource. Routes declare: one call each, no branch, no try, no SQL."""
