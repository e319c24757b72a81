package io.leasehold.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.leasehold.app.ParsedCommand;
import io.leasehold.app.docs.Page;
import io.leasehold.app.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manifests say what Kubernetes knows, and nothing else; what they start can be started. */
class KubernetesManifestsTest {
    private static final Path DIRECTORY = Page.project().resolve("deploy/kubernetes");
    private static final Set<String> KUSTOMIZE_KEYS =
            Set.of(
                    "apiVersion",
                    "kind",
                    "namespace",
                    "resources",
                    "images",
                    "configMapGenerator",
                    "patches");

    /** The models take what they do not know as further properties: here that is an error. */
    private static final class Strict extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }
    }

    private static final ObjectMapper JSON =
            new ObjectMapper().setAnnotationIntrospector(new Strict());

    private static List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .sorted()
                    .toList();
        }
    }

    private static Iterable<Object> documents(String yaml) {
        return new Load(LoadSettings.builder().build()).loadAllFromString(yaml);
    }

    private static PodSpec podOf(Object document) throws JsonProcessingException {
        String text = JSON.writeValueAsString(document);
        String kind = JSON.readTree(text).path("kind").asText();
        return switch (kind) {
            case "Deployment" ->
                    JSON.readValue(text, Deployment.class).getSpec().getTemplate().getSpec();
            case "DaemonSet" ->
                    JSON.readValue(text, DaemonSet.class).getSpec().getTemplate().getSpec();
            case "ConfigMap" -> {
                assertThat(JSON.readValue(text, ConfigMap.class).getData())
                        .containsKeys("INTERFACE", "SERVER");
                yield new PodSpec();
            }
            default -> throw new AssertionError("nobody expected a " + kind);
        };
    }

    @TestFactory
    Stream<DynamicTest> everyManifestIsWhatKubernetesKnows() throws IOException {
        List<Path> manifests = files("relay.yaml");
        assertThat(manifests).hasSize(4);
        return manifests.stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        DIRECTORY.relativize(file).toString(),
                                        () -> {
                                            for (Object each : documents(Files.readString(file))) {
                                                check(podOf(each), file);
                                            }
                                        }));
    }

    @Test
    void findsAFieldThatIsNone() throws IOException {
        String text = Files.readString(files("relay.yaml").getFirst());
        String wrong = text.replace("hostNetwork: true", "hostNetworks: true");

        assertThatThrownBy(() -> podOf(documents(wrong).iterator().next()))
                .hasMessageContaining("hostNetworks");
    }

    private static void check(PodSpec pod, Path file) {
        assertThat(pod.getHostNetwork()).isTrue();
        assertThat(pod.getDnsPolicy()).isEqualTo("ClusterFirstWithHostNet");
        boolean root = file.toString().contains("/root/");
        for (Container init : pod.getInitContainers()) {
            checkCommand(init);
            assertThat(init.getSecurityContext().getCapabilities().getAdd())
                    .containsExactly("NET_ADMIN");
        }
        assertThat(pod.getInitContainers()).hasSize(root ? 0 : 1);
        assertThat(pod.getContainers()).hasSize(1);
        Container relay = pod.getContainers().getFirst();
        checkCommand(relay);
        var security = relay.getSecurityContext();
        assertThat(security.getRunAsUser()).isEqualTo(root ? 0 : 65534);
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd())
                .containsExactlyElementsOf(
                        root
                                ? List.of(
                                        "NET_BIND_SERVICE",
                                        "NET_ADMIN",
                                        "SETPCAP",
                                        "SETUID",
                                        "SETGID")
                                : List.of());
        assertThat(relay.getResources().getLimits().get("memory")).hasToString("100Mi");
        checkProbe(relay.getLivenessProbe(), "/livez", relay);
        checkProbe(relay.getStartupProbe(), "/livez", relay);
        checkProbe(relay.getReadinessProbe(), "/readyz", relay);
    }

    /** The probe asks where the relay answers. */
    private static void checkProbe(Probe probe, String path, Container relay) {
        HTTPGetAction get = probe.getHttpGet();
        assertThat(get.getPath()).isEqualTo(path);
        assertThat(relay.getArgs())
                .containsSequence("--admin", get.getHost() + ":" + get.getPort().getIntVal());
    }

    private static void checkCommand(Container container) {
        assertThat(container.getEnvFrom()).hasSize(1);
        List<String> words = new ArrayList<>();
        for (String word : container.getArgs()) {
            words.add(word.replace("$(INTERFACE)", "eth0").replace("$(SERVER)", "dhcp.example"));
        }
        assertThat(words).noneMatch(word -> word.contains("$"));
        ParsedCommand.parse(words.toArray(new String[0]));
    }

    @TestFactory
    Stream<DynamicTest> everyKustomizationNamesWhatIsThere() throws IOException {
        List<Path> kustomizations = files("kustomization.yaml");
        assertThat(kustomizations).hasSize(5);
        return kustomizations.stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        DIRECTORY.relativize(file).toString(),
                                        () -> checkKustomization(file)));
    }

    private static void checkKustomization(Path file) throws IOException {
        Map<?, ?> all = (Map<?, ?>) documents(Files.readString(file)).iterator().next();
        assertThat(all.keySet()).allMatch(KUSTOMIZE_KEYS::contains);
        Path here = file.resolveSibling("");
        for (Object resource : (List<?>) all.get("resources")) {
            assertThat(here.resolve(String.valueOf(resource))).exists();
        }
        assumeTrue(Shell.find("kubectl") != null, "kubectl 1.21 or newer is not installed");
        Shell.Result rendered =
                Shell.run(List.of("kubectl", "kustomize", file.getParent().toString()));
        assertThat(rendered.exit()).as(rendered.output()).isZero();
        int documents = 0;
        for (Object each : documents(rendered.output())) {
            podOf(each);
            documents++;
        }
        assertThat(documents).isEqualTo(2);
    }
}
