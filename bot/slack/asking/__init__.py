"""A question arrives: by mention, direct message, thread, form, shortcut or workflow."""
