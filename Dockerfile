# docker build -t relgraph . && docker run --rm -v "$PWD:/data" relgraph import sample_data/six_markets
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY queries queries
COPY mappings mappings
COPY sample_data sample_data
RUN pip wheel --no-cache-dir --wheel-dir /wheels .

FROM python:3.13-slim
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels relgraph \
    && useradd --create-home --uid 1000 planner \
    && install -d -o planner /data
USER planner
WORKDIR /data
# The tour compiles what newcomers use, so that the first command in a container starts at once.
RUN relgraph demo /tmp/tour > /dev/null && rm -r /tmp/tour
ENTRYPOINT ["relgraph"]
CMD ["--help"]
