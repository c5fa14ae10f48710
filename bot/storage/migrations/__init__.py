"""The tables, version by version; `upgrade` brings a database up to date."""
