package io.leasehold.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an example says that was not told where it is to work. */
class UsageTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                CustomOption.class,
                EchoHandler.class,
                MinimalServer.class,
                PxeResponder.class,
                SpyOnServers.class
            })
    void saysHowItIsCalled(Class<?> example) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        Process process =
                new ProcessBuilder(java, "-cp", classPath, example.getName())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.strip()).endsWith("Usage: " + example.getSimpleName() + " INTERFACE");
        assertThat(process.waitFor()).isEqualTo(2);
    }
}
