# Clausewatch in a container: see docs/running.md.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY data ./data
COPY diffing ./diffing
COPY alerts ./alerts
COPY crawler ./crawler
COPY clausewatch ./clausewatch
RUN python -m venv /opt/clausewatch \
    && /opt/clausewatch/bin/pip install --no-cache-dir -c constraints.txt .

FROM python:3.11-slim-bookworm
# Debian fixes Chromium often and drops the versions before: pinning one would break the build within weeks.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends chromium fonts-dejavu-core tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin clausewatch \
    && install -d -o clausewatch -g clausewatch -m 0700 /data
COPY --from=build /opt/clausewatch /opt/clausewatch
ENV PATH=/opt/clausewatch/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    CLAUSEWATCH__ARCHIVE=/data/clausewatch.db \
    CLAUSEWATCH__DAEMON__LISTEN=127.0.0.1:9464
USER 10001
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=1m --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9464/healthz', timeout=4)"]
ENTRYPOINT ["tini", "--", "clausewatch"]
CMD ["daemon", "--json"]
