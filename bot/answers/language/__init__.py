"""What is known about words, whatever the episode says."""
