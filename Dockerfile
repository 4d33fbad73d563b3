# The program alone: it brings no Postgres; serve and work need DATABASE_URL,
# REDIS_URL, MEILI_URL (or none), SMTP_URL and STRIPE_KEY.
FROM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -tags nomsgpack -trimpath -ldflags "-s -w" -o /meent ./cmd/meent && mkdir /data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /meent /usr/local/bin/meent
COPY --from=build --chown=nonroot:nonroot /data /data
COPY LICENSE /LICENSE
USER nonroot
EXPOSE 8080
ENV MEENT_ADDR=0.0.0.0:8080 MEENT_LOG=json
# Every part that this copy needs: database, tables, Redis, mail, tasks.
HEALTHCHECK --interval=30s --timeout=25s --start-period=20s --retries=3 CMD ["meent", "doctor"]
ENTRYPOINT ["meent"]
CMD ["serve"]
