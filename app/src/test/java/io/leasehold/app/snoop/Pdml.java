package io.leasehold.app.snoop;

import io.leasehold.app.lab.LabException;
import io.leasehold.app.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** What tshark says of a capture file, as the tree of fields that it makes of each packet. */
final class Pdml {
    private Pdml() {}

    /**
     * A field, and those within it.
     *
     * @param show its value as text
     * @param value its bytes, hexadecimal
     */
    record Tree(String name, String show, String value, List<Tree> within) {
        /** The first field of a name, at any depth; null when there is none. */
        List<Tree> all(String wanted) {
            List<Tree> found = new ArrayList<>();
            for (Tree each : within) {
                if (each.name.equals(wanted)) {
                    found.add(each);
                }
                found.addAll(each.all(wanted));
            }
            return found;
        }

        String first(String wanted) {
            List<Tree> found = all(wanted);
            return found.isEmpty() ? "" : found.getFirst().show;
        }
    }

    /** The packets that tshark takes for DHCP, by their numbers in the file. */
    static Map<Integer, Tree> read(Path capture, Path scratch) {
        Path file = scratch.resolve(capture.getFileName() + ".pdml");
        String command =
                "tshark -n -r "
                        + capture
                        + " -Y dhcp -o udp.check_checksum:TRUE -T pdml > "
                        + file
                        + " 2> "
                        + file
                        + ".err";
        Shell.must("sh", "-c", command);
        Map<Integer, Tree> packets = new TreeMap<>();
        try {
            Element root =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(Files.newInputStream(file))
                            .getDocumentElement();
            for (Tree packet : tree(root).within) {
                packets.put(Integer.valueOf(packet.first("num")), packet);
            }
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new LabException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return packets;
    }

    private static Tree tree(Element element) {
        List<Tree> within = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                within.add(tree(child));
            }
        }
        return new Tree(
                element.getAttribute("name"),
                element.getAttribute("show"),
                element.getAttribute("value"),
                within);
    }
}
