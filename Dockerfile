# docker build -t okx-exporter .
# docker run --read-only --cap-drop=ALL -p 127.0.0.1:10058:10058 okx-exporter --simulate
#
# A JDK 17 or newer with jlink, and anything with its C library (Temurin needs no other): both can be replaced, as
# where no registry is at hand. The tag of the JDK moves with the security fixes of Java, which becomes part of the
# image; the runtime holds little more than a C library.
ARG JDK_IMAGE=docker.io/library/eclipse-temurin:17-jdk
ARG RUNTIME_IMAGE=gcr.io/distroless/base-nossl-debian12:nonroot@sha256:be40c00dfabd86576d92666e87e406714d5618342de1a0c213ad232de255172e

FROM ${JDK_IMAGE} AS build
WORKDIR /build

# A program of one class makes Maven fetch all that the real one needs. This layer stays until pom.xml changes.
COPY mvnw pom.xml ./
COPY .mvn .mvn
RUN mkdir -p src/main/java/io/okxexporter \
  && echo 'package io.okxexporter; final class Nothing {}' >src/main/java/io/okxexporter/Nothing.java \
  && ./mvnw -B -ntp -P-archive package -Dmaven.test.skip=true \
  && rm -r src target

# Offline: what were missing above would fail here.
COPY src/main src/main
ARG REVISION=unknown
RUN ./mvnw -B -ntp -o -P-archive package -Dmaven.test.skip=true -Dgit.commit.id.abbrev="$REVISION"

# The modules that jdeps names, but for those of XML, SQL and the desktop, which libraries can do without; jdk.crypto.ec
# is for TLS on Java 17.
WORKDIR /opt/okx-exporter
RUN jlink --output java --strip-java-debug-attributes --no-header-files --no-man-pages --add-modules \
  java.base,java.logging,java.management,java.naming,jdk.crypto.ec,jdk.management,jdk.net,jdk.unsupported
RUN cp /build/target/okx-exporter.jar .
COPY src/assembly/java.options ./

# The locale C.UTF-8, without which Java reads no name or path beyond ASCII: the runtime has none. Where the C library
# brings no files for it, it needs none (musl).
RUN mkdir locale \
  && for name in C.utf8 C.UTF-8; do [ ! -d "/usr/lib/locale/$name" ] || cp -r "/usr/lib/locale/$name" locale; done

# The classes prepared for a fast start: those of Java first, which jlink leaves out, then ours, learnt from a whole
# life in short against the simulated exchange. Java compares the times of the files by the second, and copying them
# into the image rounds: so they get whole seconds before.
RUN touch -d 2026-01-01T00:00:00Z okx-exporter.jar java/lib/modules \
  && java/bin/java -XX:+UseSerialGC -Xshare:dump -Xlog:disable \
  && java/bin/java @java.options -XX:ArchiveClassesAtExit=okx-exporter.jsa -Xlog:disable -jar /opt/okx-exporter/okx-exporter.jar \
    --simulate --simulate.once --web.listen-address=127.0.0.1:0

FROM ${RUNTIME_IMAGE}
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="okx-exporter" \
  org.opencontainers.image.description="Prometheus exporter for the asset valuation of OKX accounts" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="$VERSION" \
  org.opencontainers.image.revision="$REVISION"
COPY --from=build /opt/okx-exporter /opt/okx-exporter
COPY LICENSE /opt/okx-exporter/
WORKDIR /opt/okx-exporter
ENV LANG=C.UTF-8 LOCPATH=/opt/okx-exporter/locale
USER 65532:65532
EXPOSE 10058

# Asks this process alone, and nobody at OKX. There is no shell and no curl, so it is a program of ours.
HEALTHCHECK --interval=30s --timeout=10s --start-period=15s \
  CMD ["/opt/okx-exporter/java/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx16m", "-XX:+DisableAttachMechanism", \
    "-cp", "/opt/okx-exporter/okx-exporter.jar", "io.okxexporter.health.HealthCheck"]

# On every address, since loopback would be the container's own: who reaches it is decided where the port is published.
ENTRYPOINT ["/opt/okx-exporter/java/bin/java", "@/opt/okx-exporter/java.options", \
  "-XX:SharedArchiveFile=/opt/okx-exporter/okx-exporter.jsa", "-jar", "/opt/okx-exporter/okx-exporter.jar", \
  "--web.listen-address=:10058"]
