"""Films in public: their pages, with player, chapters and transcript. The films themselves are those of ``media``."""
