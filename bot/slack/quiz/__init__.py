"""The quiz on the reference sheet's terms."""
