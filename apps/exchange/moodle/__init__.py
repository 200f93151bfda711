"""Moodle's formats: GIFT, Aiken and Moodle XML; pure."""
