# Everything the bot needs, in a virtual environment without pip. With
# --build-arg REQUIREMENTS=requirements-extras.txt also what MODEL_URL and MCP_TOKEN need.
FROM python:3.13-slim AS packages
ARG REQUIREMENTS=requirements.txt
COPY requirements*.txt ./
RUN python -m venv --without-pip /opt/bot && \
    pip --python /opt/bot/bin/python install --no-cache-dir --no-deps --require-hashes -r $REQUIREMENTS

FROM python:3.13-slim
RUN useradd --create-home --home-dir /var/lib/bot bot
COPY --from=packages /opt/bot /opt/bot
WORKDIR /srv/bot
COPY bot bot
COPY knowledge knowledge
COPY manifest.yaml .

# SQLite's file outlives the container; with PostgreSQL set DATABASE_URL and mount nothing.
ENV PATH=/opt/bot/bin:$PATH PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=3000 \
    DATABASE_URL=sqlite:////var/lib/bot/bot.sqlite3 CACHE_DIR=/var/lib/bot/cache
USER bot
VOLUME /var/lib/bot
EXPOSE 3000
# Of `web`; run `socket` and `daily` with --no-healthcheck, for they listen on no port.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["python", "-m", "bot", "web"]
