"""Each kind of trouble is a block: it begins when the block is entered, and ends with it."""
