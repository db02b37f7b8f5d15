"""relgraph: who matters to a firm, how far word travels, what breaks if a tie breaks."""
