"""Plans: in which relationships to invest, what each investment brings, and how sure that is."""
