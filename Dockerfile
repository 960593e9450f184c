# syntax=docker/dockerfile:1
# One image for web, worker, clock and migrations: docker build -t tok .
# Packages come by hash from whatever registry the client is set to: a pip.conf or .npmrc is given as a build secret,
# --secret id=pip,src=… --secret id=npm,src=…, and leaves no trace in the image.
ARG PYTHON=python:3.11-slim-bookworm
ARG NODE=node:22-bookworm-slim

FROM ${NODE} AS skall
WORKDIR /bygg
COPY package.json package-lock.json ./
RUN --mount=type=secret,id=npm,target=/root/.npmrc \
    npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM ${PYTHON} AS hjul
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.txt /bygg/
RUN --mount=type=secret,id=pip,target=/etc/pip.conf \
    python -m venv /opt/venv && \
    /opt/venv/bin/pip install --require-hashes --only-binary :all: -r /bygg/requirements.txt && \
    /opt/venv/bin/pip uninstall --yes pip setuptools

FROM ${PYTHON} AS kjoer
LABEL org.opencontainers.image.title="TOK" \
      org.opencontainers.image.description="Koordinerende enhet: saker, ansvarsgrupper, koordinatorer, moeter og register"
RUN apt-get update && \
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core && \
    rm -rf /var/lib/apt/lists/* && \
    groupadd --system --gid 10001 tok && \
    useradd --system --uid 10001 --gid tok --home-dir /tmp --no-create-home --shell /usr/sbin/nologin tok && \
    install --directory --owner tok --group tok --mode 700 /var/lib/tok/segl
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp/cache \
    DJANGO_SETTINGS_MODULE=tok.settings.prod \
    TOK_STATIC_ROOT=/app/var/static \
    TOK_PULSMAPPE=/tmp
WORKDIR /app
COPY --from=hjul /opt/venv /opt/venv
COPY manage.py gunicorn.conf.py ./
COPY tok tok
COPY koordinator koordinator
COPY ansvarsgruppe ansvarsgruppe
COPY templates templates
COPY static static
COPY drift drift
COPY --from=skall /bygg/node_modules node_modules
# Static files need no secret: the settings of this step read none, and its layer holds only finished files.
RUN python -m compileall -q tok koordinator ansvarsgruppe && \
    DJANGO_SETTINGS_MODULE=tok.settings.bygg python manage.py collectstatic --noinput
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=40s --retries=3 CMD ["python", "-m", "tok.puls", "nett"]
CMD ["gunicorn", "tok.wsgi:application"]
