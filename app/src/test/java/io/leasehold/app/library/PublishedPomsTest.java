package io.leasehold.app.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.docs.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What Maven Central asks of the pom of each artifact; the parent has what is the same for all. */
class PublishedPomsTest {
    private static final List<List<String>> OF_THE_PARENT =
            List.of(
                    List.of("name"),
                    List.of("description"),
                    List.of("url"),
                    List.of("licenses", "license", "name"),
                    List.of("licenses", "license", "url"),
                    List.of("developers", "developer", "name"),
                    List.of("developers", "developer", "email"),
                    List.of("scm", "connection"),
                    List.of("scm", "url"));

    private static Element pom(Path directory) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Files.newInputStream(directory.resolve("pom.xml")))
                .getDocumentElement();
    }

    /** The text at the end of a path of elements; "" where there is none. */
    private static String text(Element root, List<String> path) {
        Element at = root;
        for (String name : path) {
            Element found = null;
            for (Node node = at.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (found == null
                        && node instanceof Element child
                        && name.equals(child.getTagName())) {
                    found = child;
                }
            }
            if (found == null) {
                return "";
            }
            at = found;
        }
        return at.getTextContent().strip();
    }

    @Test
    void theParentSaysWhatIsTheSameForAll() throws Exception {
        Element parent = pom(Page.project());
        List<String> missing = new ArrayList<>();
        for (List<String> each : OF_THE_PARENT) {
            if (text(parent, each).isEmpty()) {
                missing.add(String.join("/", each));
            }
        }
        assertThat(missing).isEmpty();
        assertThat(text(parent, List.of("scm", "nothing"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocol",
                "relay",
                "lease",
                "server",
                "netboot",
                "link",
                "service",
                "testkit"
            })
    void eachHasANameAndADescriptionOfItsOwn(String module) throws Exception {
        Element pom = pom(Page.project().resolve(module));
        assertThat(text(pom, List.of("artifactId"))).isEqualTo("leasehold-" + module);
        assertThat(text(pom, List.of("name"))).startsWith("Leasehold ");
        assertThat(text(pom, List.of("description"))).endsWith(".");
    }

    /** What the page tells to build is what is published, and what the tests above hold. */
    @Test
    void thePageNamesEveryModuleThatIsPublished() {
        assertThat(String.join("\n", Page.read("docs/library.md").lines()))
                .contains(
                        "mvn -Prelease -DskipTests -pl"
                                + " .,protocol,relay,lease,server,netboot,link,service,testkit"
                                + " install");
    }
}
