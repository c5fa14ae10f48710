"""Which workspace a request comes from, the token it is answered with, and the socket.

`authorization` finds the token for each request, `token_check` names a wrong one when a process
starts, `socket_mode` runs the app without a public address.
"""
