package io.okxexporter.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.okxexporter.config.Config;
import io.okxexporter.config.cli.Flags;
import io.okxexporter.deploy.Manifests.Kustomization;
import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.Configs;
import io.okxexporter.model.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.constructor.DuplicateKeyException;

/** Checks deploy/kubernetes, as far as possible without a cluster. */
class KubernetesTest {
  private static final Path FOLDER = Path.of("deploy/kubernetes");
  private static final String MANY = "deploy/kubernetes";
  private static final String ONE = "deploy/kubernetes/one-user";

  @TempDir private Path folder;

  @Test
  void every_manifest_has_only_fields_that_kubernetes_knows() throws Exception {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      List<Path> manifests = files.filter(KubernetesTest::isManifest).toList();
      assertThat(manifests).hasSizeGreaterThan(7);
      for (Path manifest : manifests) {
        assertThat(Manifests.read(Files.readString(manifest))).as("%s", manifest).hasSize(1);
      }
    }
  }

  private static boolean isManifest(Path file) {
    return file.toString().endsWith(".yaml") && !file.endsWith("kustomization.yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "base/statefulset.yaml, readOnlyRootFilesystem, readOnlyRootFileSystem",
    "base/statefulset.yaml, podManagementPolicy, podManagmentPolicy",
    "base/networkpolicy.yaml, podSelector, podselector",
    "base/servicemonitor.yaml, targetLabel, target_label",
    "base/service.yaml, clusterIP, clusterIp",
    "shards.yaml, fieldPath, fieldpath",
    "base/prometheusrule.yaml, 'spec:', 'specs:'",
    "base/service.yaml, 'clusterIP: None', 'selector: {}'",
  })
  void a_misspelt_field_is_noticed(String file, String right, String wrong) throws Exception {
    String text = Files.readString(FOLDER.resolve(file));
    assertThat(text).contains(right);
    assertThatThrownBy(() -> Manifests.read(text.replace(right, wrong)))
        .isInstanceOfAny(UnrecognizedPropertyException.class, DuplicateKeyException.class);
  }

  @Test
  void every_kustomization_names_files_that_are_there() throws Exception {
    for (Path each :
        List.of(FOLDER, FOLDER.resolve("base"), Path.of(ONE), Path.of("grafana-dashboards"))) {
      Kustomization kustomization = Manifests.kustomization(each.resolve("kustomization.yaml"));
      assertThat(kustomization.paths()).isNotEmpty().allSatisfy(path -> exists(each, path));
    }
  }

  private static void exists(Path folder, String path) {
    assertThat(folder.resolve(path)).exists();
  }

  @Test
  void every_dashboard_is_a_config_map_for_grafana() throws Exception {
    Path dashboards = Path.of("grafana-dashboards");
    try (Stream<Path> files = Files.list(dashboards)) {
      assertThat(Manifests.kustomization(dashboards.resolve("kustomization.yaml")).paths())
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".json"))
                  .toList());
    }
  }

  /** The commands in the head of the file generate it from the rules, the only source. */
  @Test
  void the_prometheus_rule_is_made_from_the_rules() throws Exception {
    Path committed = FOLDER.resolve("base/prometheusrule.yaml");
    Path made = folder.resolve(committed);
    Files.createDirectories(made.resolveSibling(""));
    Files.copy(committed, made);
    Path rules = Path.of("alerts/okx.rules.yml");
    Files.createDirectories(folder.resolve(rules).resolveSibling(""));
    Files.copy(rules, folder.resolve(rules));
    String commands =
        Files.readString(committed)
            .lines()
            .filter(line -> line.startsWith("#   "))
            .map(line -> line.substring(1).strip())
            .collect(Collectors.joining("\n"));
    assertThat(commands.lines()).hasSize(2);
    assertThat(Command.of("sh", "-ec", commands).in(folder).run().succeeded()).isEmpty();
    assertThat(committed).as("run:\n%s\n", commands).hasSameTextualContentAs(made);
  }

  /** As a patch of the StatefulSet, by the names of the command in front of it. */
  @Test
  void the_patch_for_certificates_fits() throws Exception {
    String readme = Files.readString(Path.of("deploy/README.md"));
    Matcher block = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(readme);
    assertThat(block.find()).isTrue();
    StatefulSet patch = only(StatefulSet.class, Manifests.read(block.group(1)));
    StatefulSet base = only(StatefulSet.class, read("base/statefulset.yaml"));
    assertThat(patch.getMetadata().getName()).isEqualTo(base.getMetadata().getName());
    assertThat(container(patch).getName()).isEqualTo(container(base).getName());
    VolumeMount mount = container(patch).getVolumeMounts().get(0);
    assertThat(container(patch).getEnv())
        .extracting(variable -> variable.getName() + "=" + variable.getValue())
        .containsExactly("SSL_CERT_FILE=" + mount.getMountPath() + "/ca.pem");
    Volume volume = pod(patch).getVolumes().get(0);
    assertThat(volume.getName())
        .isEqualTo(mount.getName())
        .isNotEqualTo(pod(base).getVolumes().get(0).getName());
    assertThat(readme)
        .contains("create configmap " + volume.getConfigMap().getName() + " --from-file=ca.pem");
  }

  /** The file names agree in all three places. */
  @Test
  void the_configuration_loads_with_the_secret_of_the_example() throws Exception {
    Secret secret = only(Secret.class, read("base/secret.example.yaml"));
    for (String name : secret.getStringData().keySet()) {
      Files.writeString(folder.resolve(name), name);
    }
    StatefulSet statefulSet = only(StatefulSet.class, read("base/statefulset.yaml"));
    assertThat(pod(statefulSet).getVolumes().get(0).getSecret().getSecretName())
        .isEqualTo(secret.getMetadata().getName());
    String mounted = container(statefulSet).getVolumeMounts().get(0).getMountPath();
    String yaml = Files.readString(FOLDER.resolve("okx.yml")).replace(mounted, folder.toString());
    Config config = Configs.load(Files.writeString(folder.resolve("okx.yml"), yaml));
    assertThat(config.warnings()).isEmpty();
    assertThat(config.users()).extracting(User::name).containsExactly("main", "market-maker");
    assertThat(config.users().size() * 3).isEqualTo(secret.getStringData().size());
  }

  @Test
  void the_number_of_replicas_is_said_once_and_the_rest_agrees_with_it() throws Exception {
    assertShards(only(StatefulSet.class, read("shards.yaml")), 3);
  }

  @Test
  void another_number_of_replicas_arrives_everywhere() throws Exception {
    Path copy = Kustomize.copy(folder);
    Path shards = copy.resolve(MANY).resolve("shards.yaml");
    Files.writeString(
        shards, Files.readString(shards).replace("\n  replicas: 3\n", "\n  replicas: 7\n"));
    assertShards(only(StatefulSet.class, Manifests.read(Kustomize.build(copy.resolve(MANY)))), 7);
  }

  private static void assertShards(StatefulSet statefulSet, int count) {
    assertThat(statefulSet.getSpec().getReplicas()).isEqualTo(count);
    assertThat(container(statefulSet).getEnv())
        .filteredOn(variable -> variable.getName().equals("OKX_SHARD"))
        .extracting(EnvVar::getValue)
        .containsExactly("$(POD_INDEX)/" + count);
    String label = "of-" + count;
    assertThat(statefulSet.getSpec().getTemplate().getMetadata().getLabels())
        .containsEntry("okx-exporter-shards", label);
    assertThat(
            pod(statefulSet)
                .getAffinity()
                .getPodAntiAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .get(0)
                .getLabelSelector()
                .getMatchExpressions()
                .get(1)
                .getValues())
        .containsExactly(label);
  }

  @ParameterizedTest
  @ValueSource(strings = {MANY, ONE})
  void what_kustomize_makes_of_it_is_complete(String overlay) throws Exception {
    List<HasMetadata> objects = Manifests.read(Kustomize.build(Path.of(overlay)));
    assertCoherent(objects);
    assertThat(only(ConfigMap.class, dashboards(objects)).getMetadata().getLabels())
        .containsEntry("grafana_dashboard", "1");
    Flags.parse(container(only(StatefulSet.class, objects)).getArgs().toArray(String[]::new));
  }

  /** The same check without kustomize. */
  @Test
  void what_it_is_made_of_belongs_together() throws Exception {
    List<HasMetadata> objects = new ArrayList<>();
    for (String file : List.of("statefulset", "service", "servicemonitor", "networkpolicy")) {
      objects.addAll(read("base/" + file + ".yaml"));
    }
    assertCoherent(objects);
  }

  private static void assertCoherent(List<HasMetadata> objects) {
    StatefulSet statefulSet = only(StatefulSet.class, objects);
    assertRestricted(statefulSet);
    Map<String, String> labels = statefulSet.getSpec().getTemplate().getMetadata().getLabels();
    Service service = only(Service.class, objects);
    assertThat(labels).containsAllEntriesOf(service.getSpec().getSelector());
    assertThat(service.getMetadata().getName()).isEqualTo(statefulSet.getSpec().getServiceName());
    ServiceMonitor monitor = only(ServiceMonitor.class, objects);
    assertThat(service.getMetadata().getLabels())
        .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
    assertThat(monitor.getSpec().getEndpoints().get(0).getHonorLabels()).isTrue();
    assertThat(monitor.getSpec().getEndpoints().get(0).getPort())
        .isEqualTo(service.getSpec().getPorts().get(0).getName());
    assertThat(container(statefulSet).getPorts().get(0).getContainerPort()).isEqualTo(10058);
    assertNetwork(only(NetworkPolicy.class, objects), labels);
  }

  private static List<HasMetadata> dashboards(List<HasMetadata> objects) {
    return objects.stream()
        .filter(object -> object.getMetadata().getName().contains("dashboards"))
        .toList();
  }

  private static void assertRestricted(StatefulSet statefulSet) {
    PodSpec pod = pod(statefulSet);
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(65532);
    assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(65532);
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .singleElement()
        .satisfies(keys -> assertThat(keys.getSecret().getDefaultMode()).isEqualTo(0440));
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    Container container = container(statefulSet);
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/-/healthy");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/-/ready");
    assertThat(container.getResources().getLimits()).containsOnlyKeys("memory");
  }

  @Test
  void memory_fits_what_5000_users_took() throws Exception {
    ResourceRequirements resources =
        container(only(StatefulSet.class, read("base/statefulset.yaml"))).getResources();
    assertThat(bytes(resources.getRequests())).isGreaterThan(611_000_000);
    assertThat(bytes(resources.getLimits())).isGreaterThan(bytes(resources.getRequests()));
  }

  private static long bytes(Map<String, Quantity> resources) {
    return Quantity.getAmountInBytes(resources.get("memory")).longValueExact();
  }

  private static void assertNetwork(NetworkPolicy policy, Map<String, String> labels) {
    assertThat(labels).containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels());
    assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(policy.getSpec().getIngress())
        .singleElement()
        .satisfies(
            in ->
                assertThat(in.getFrom())
                    .singleElement()
                    .satisfies(
                        from -> {
                          assertThat(from.getNamespaceSelector().getMatchLabels())
                              .containsExactly(
                                  Map.entry("kubernetes.io/metadata.name", "monitoring"));
                          assertThat(from.getPodSelector().getMatchLabels())
                              .containsEntry("app.kubernetes.io/name", "prometheus");
                        }))
        .satisfies(in -> assertThat(in.getPorts().get(0).getPort()).isEqualTo(port(10058)));
    assertThat(policy.getSpec().getEgress().stream().flatMap(out -> out.getPorts().stream()))
        .extracting(out -> out.getProtocol() + " " + out.getPort().getIntVal())
        .containsExactly("TCP 443", "UDP 53", "TCP 53");
  }

  private static IntOrString port(int port) {
    return new IntOrString(port);
  }

  private static List<HasMetadata> read(String file) throws Exception {
    return Manifests.read(Files.readString(FOLDER.resolve(file)));
  }

  private static <T> T only(Class<T> type, List<HasMetadata> objects) {
    List<T> found = objects.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).as(type.getSimpleName()).hasSize(1);
    return found.get(0);
  }

  private static PodSpec pod(StatefulSet statefulSet) {
    return statefulSet.getSpec().getTemplate().getSpec();
  }

  private static Container container(StatefulSet statefulSet) {
    return Objects.requireNonNull(pod(statefulSet).getContainers().get(0));
  }
}
