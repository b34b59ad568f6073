# syntax=docker/dockerfile:1
# Both services. `docker build --target dispatcher .` and `docker build --target executor .`
#
# The class path, its order, the JVM and its flags are the same where a cache is trained and where it is used; otherwise the
# JVM starts without it, slowly and with one line on stderr. So the cache is made in the image's own folder, by the image's own
# runtime, with the flags of deploy/jvm.options. A JDK does not notice that a jar changed behind its cache: jars and cache
# come from one stage and are never replaced one by one.
#
# For reproducible builds, give both base images by digest:
#   docker build --build-arg BUILD_IMAGE=…@sha256:… --build-arg BASE_IMAGE=…@sha256:…
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-25
ARG BASE_IMAGE=gcr.io/distroless/base-debian12:nonroot

# ---------------------------------------------------------------------------------------------- runtime --
# A JVM of the modules that the services use: no tools, and half the size of a JRE.
FROM ${BUILD_IMAGE} AS runtime
RUN jlink --output /opt/java --strip-debug --no-man-pages --no-header-files --compress=zip-0 \
      --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.security.sasl,java.sql,java.xml,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.unsupported,jdk.zipfs

# ------------------------------------------------------------------------------------------------ build --
FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY .mvn .mvn
COPY pom.xml ./
COPY contracts contracts
COPY emulators emulators
COPY shared shared
COPY dispatcher dispatcher
COPY executor executor
COPY local local
COPY bench bench
COPY e2e/pom.xml e2e/pom.xml
COPY infra/pom.xml infra/pom.xml
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -q -Dquick -DskipTests -pl bench -am package \
      dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/trainer/lib \
    && cp bench/target/worker-bench-*.jar /trainer/

# ------------------------------------------------------------------------------------------------ train --
# Real events against doubles of the cloud in the trainer's process; the service under training is started as in the image.
FROM ${BUILD_IMAGE} AS train
COPY --from=runtime /opt/java /opt/java
COPY deploy/jvm.options /app/deploy/jvm.options
COPY --from=build /trainer /trainer
ARG TRAINER="-Dworker.bench.root=/app -Dworker.bench.java=/opt/java/bin/java -cp /trainer/*:/trainer/lib/* io.tda.worker.bench.image.ImageCli"

FROM train AS train-dispatcher
COPY --from=build /src/dispatcher/target/app /app
RUN java ${TRAINER} --train /app --service dispatcher

FROM train AS train-executor
COPY --from=build /src/executor/target/app /app
RUN java ${TRAINER} --train /app --service executor

# ------------------------------------------------------------------------------------------------ images --
# No shell, no package manager, no user but one without rights. Runs with a read-only root file system; Netty unpacks its
# native transport to /tmp where that can be written, and does without where it cannot.
FROM ${BASE_IMAGE} AS base
ARG REVISION=unknown
ARG VERSION=0.1.0
ARG SOURCE=unknown
LABEL org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=runtime /opt/java /opt/java
COPY deploy/jvm.options /app/deploy/jvm.options
USER 65532:65532
WORKDIR /app
ENV PORT=8080
EXPOSE 8080
STOPSIGNAL SIGTERM

# Libraries change seldom, the cache with every build: each has a layer of its own.
FROM base AS dispatcher
LABEL org.opencontainers.image.title="worker-llm-client dispatcher"
COPY --from=train-dispatcher /app/lib /app/lib
COPY --from=train-dispatcher /app/worker-dispatcher.jar /app/
COPY --from=train-dispatcher /app/dispatcher.aot /app/
ENTRYPOINT ["/opt/java/bin/java", "@/app/deploy/jvm.options", "-XX:AOTCache=/app/dispatcher.aot", \
            "-cp", "/app/worker-dispatcher.jar", "io.tda.worker.dispatcher.DispatcherMain"]

FROM base AS executor
LABEL org.opencontainers.image.title="worker-llm-client executor"
COPY --from=train-executor /app/lib /app/lib
COPY --from=train-executor /app/worker-executor.jar /app/
COPY --from=train-executor /app/executor.aot /app/
ENTRYPOINT ["/opt/java/bin/java", "@/app/deploy/jvm.options", "-XX:AOTCache=/app/executor.aot", \
            "-cp", "/app/worker-executor.jar", "io.tda.worker.executor.ExecutorMain"]
