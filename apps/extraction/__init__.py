"""Reads a study note and drafts topics, cards and questions from it, without any framework."""
