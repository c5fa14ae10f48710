"""What is posted: daily takeaways and new episodes, each to its channel once."""
