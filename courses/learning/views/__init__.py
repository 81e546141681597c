"""The learner's screens: HTTP in, one action or query, HTTP out."""
