# syntax=docker/dockerfile:1
# Two stages: the first one installs, the second one holds what runs and nothing else.
#   docker build -t speedup-lab .
#   docker compose up        (compose.yaml gives what this file cannot: memory, CPUs, a read-only root)

FROM python:3.13-slim AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --quiet -r requirements.txt

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /tmp --shell /usr/sbin/nologin lab \
    && install -d -o lab /data
COPY --from=packages /venv /venv
COPY . /lab
WORKDIR /lab
# The lab writes to /data, /tmp and /dev/shm alone, so the root may be read-only.
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    BENCH_DATA=/data \
    BENCH_LOCK=/data/host.lock
RUN python -m compileall -q /lab/bench /lab/pages
VOLUME /data
USER lab
EXPOSE 8501
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/health', timeout=8)"]
# `exec` form: the app gets the signals itself. Children that lose their parent are for `--init`.
CMD ["streamlit", "run", "app.py", "--server.address", "0.0.0.0", "--server.port", "8501"]
