"""Who asks, how often, whether the request was seen before, and what is kept of it.

`services` is what every listener gets by name, `press` a pressed button with the ways to answer it.
`asker` and `people` tell who makes a request, `payload` where a button was pressed. `rate_limit`
and `fair_executor` give everybody a share. `dedup` handles once what Slack delivers twice,
`question_log` keeps how a question ended and `thread_log` whose turn it is in a thread, `places`
says which episode or show a place is about, `breaker` spares a database that fails, `observer`
counts.
"""
