"""The parts of keeping an episode: its folder's name, what lies in it, and how that changes."""
