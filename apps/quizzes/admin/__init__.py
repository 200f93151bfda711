"""The authoring pages of quizzes: papers, cases, and what happens after the marking."""

from apps.quizzes.admin import after, cases, papers, time

__all__ = ["after", "cases", "papers", "time"]
