"""What search decides from facts at hand: words, questions, ranks, spellings, excerpts. Pure."""
