"""How the parts are plugged together: settings, URLs, Celery, WSGI."""

from apps.config.celery import app as celery_app

__all__ = ["celery_app"]
