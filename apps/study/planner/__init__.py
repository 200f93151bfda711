"""What to study on which day so that the exam goes best: pure functions on numpy columns.

Every second of study has a price, in exam points, that clears each day's time (`market`). A
prompt is asked today when that adds more than its own best later day (`day`), by a table of what
each state of memory is worth under those prices (`table`).
"""
