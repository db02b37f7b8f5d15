"""What the command line and `relgraph.spark` ask of Spark."""
