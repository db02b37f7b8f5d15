"""What a planner does with the measures."""
