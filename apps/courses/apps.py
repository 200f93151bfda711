"""Names this part of the authoring pages."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "apps.courses"
    verbose_name = "Exams and topics"
