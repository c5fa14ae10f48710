"""Which labels name somebody, and whom."""
