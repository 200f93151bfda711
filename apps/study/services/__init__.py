"""What happens in study: enrolling, planning days, serving today's queue, taking answers."""
