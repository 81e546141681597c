"""The newsletter: who subscribed and proved it, what was written, and to whom it was sent. Knows pages, not courses."""
