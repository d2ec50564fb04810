package io.okxexporter.deploy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Kubernetes manifests, parsed so that an unknown field is an error. */
final class Manifests {
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Stream.of(
              ConfigMap.class,
              Secret.class,
              Service.class,
              StatefulSet.class,
              NetworkPolicy.class,
              PrometheusRule.class,
              ServiceMonitor.class)
          .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

  /** Disables the models' setters for unknown fields, which would otherwise collect them. */
  private static final class Strict extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  private static final ObjectMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .annotationIntrospector(new Strict())
          .build();

  private Manifests() {}

  /**
   * The fields of a kustomization that this project uses; any other is an error.
   *
   * @param apiVersion named as in kustomize, like the other components
   */
  record Kustomization(
      String apiVersion,
      String kind,
      @Nullable List<String> resources,
      @Nullable List<Map<String, String>> patches,
      @Nullable List<Generator> configMapGenerator,
      @Nullable List<JsonNode> replacements,
      @Nullable List<JsonNode> labels,
      @Nullable List<JsonNode> images) {
    record Generator(String name, List<String> files, @Nullable JsonNode options) {}

    /** Every file and folder it refers to. */
    List<String> paths() {
      List<String> paths = new ArrayList<>(orNone(resources));
      orNone(patches).forEach(patch -> paths.add(Objects.requireNonNull(patch.get("path"))));
      orNone(configMapGenerator).forEach(generator -> paths.addAll(generator.files()));
      return paths;
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
      return list == null ? List.of() : list;
    }
  }

  static Kustomization kustomization(Path file) throws IOException {
    return MAPPER.readValue(file.toFile(), Kustomization.class);
  }

  /** Reads all documents of a text. */
  static List<HasMetadata> read(String yaml) throws IOException {
    List<HasMetadata> objects = new ArrayList<>();
    for (Object document : yaml().loadAll(yaml)) {
      JsonNode object = MAPPER.valueToTree(document);
      String kind = object.path("kind").asText();
      objects.add(MAPPER.treeToValue(object, Objects.requireNonNull(KINDS.get(kind), kind)));
    }
    return objects;
  }

  /** A loader that resolves aliases, unlike Jackson's. */
  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new Yaml(new SafeConstructor(options));
  }
}
