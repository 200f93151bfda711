# syntax=docker/dockerfile:1
FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
COPY requirements.txt ./
RUN python -m venv /venv && /venv/bin/pip install --require-hashes -r requirements.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=apps.config.settings PASSNOTES_DATA=/data STATIC_ROOT=/static
RUN useradd --uid 10001 --home /srv --shell /usr/sbin/nologin passnotes \
    && mkdir -p /data /static && chown passnotes /data /static
COPY --from=build /venv /venv
WORKDIR /srv
COPY manage.py pyproject.toml ./
COPY apps ./apps
COPY content ./content
COPY templates ./templates
COPY static ./static
USER passnotes
# The key is needed to load the settings, not to collect files; the real one comes at run time.
RUN REDIS_URL=redis://unused SECRET_KEY=unused python manage.py collectstatic --noinput -v0
EXPOSE 8000
CMD ["gunicorn", "apps.config.wsgi:application", "--bind", "0.0.0.0:8000", \
     "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
