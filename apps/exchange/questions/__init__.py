"""Questions of an exam out to other houses, and theirs in."""
