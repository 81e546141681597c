"""Reports of barriers: what somebody cannot use here, by which day they get an answer, and what it was."""
