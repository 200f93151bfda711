"""The mathematics behind what is told of learners and items: numbers in, numbers out."""
