"""One program per queue, all of one form: see `protocol`."""
