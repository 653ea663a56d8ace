"""Places in the fair order: start-time fair queueing.

A queue's virtual time is the tag of the job claimed last. A new job's turn is the later of that
time and its tenant's last waiting turn, plus what it costs. So a tenant with a million jobs waits
behind itself, and somebody who comes new stands before all but one of them. The tag, by which jobs
are claimed, is the turn moved by the job's priority, but never before the virtual time.
"""

UNIT = 1_000_000
"""What a job of cost 1 adds to the turn of a tenant with weight 1."""

HEAD_START = 100 * UNIT
"""What each step of priority is worth: a bounded lead, so that nothing waits for ever."""

URGENT_STEP = UNIT * UNIT // HEAD_START
"""How far an urgent job moves the virtual time: 100 of them pass one that has just come."""

LAG = 100 * UNIT
"""How far below the virtual time a claim begins its scan.

It finds the jobs of transactions that were open while the time went on. Those that were open
longer are found by the next scan without a mark.
"""
