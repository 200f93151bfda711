"""What happens in a quiz: starting it, taking answers, marking them, telling the results."""
