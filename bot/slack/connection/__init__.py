"""Which workspace a request comes from, the token it is answered with, and the socket."""
