"""The run of a feed: what it lists beside what is kept, what is due of it, what came of that."""
