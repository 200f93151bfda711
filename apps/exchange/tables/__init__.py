"""Questions as tables; pure."""
