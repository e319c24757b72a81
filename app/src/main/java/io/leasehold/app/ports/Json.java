package io.leasehold.app.ports;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the system's programs print with -j. */
final class Json {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Json() {}

    static JsonNode read(String program, String printed) throws PortsException {
        try {
            return JSON.readTree(printed);
        } catch (JacksonException e) {
            throw new PortsException(
                    "cannot read what " + program + " -j printed: " + e.getOriginalMessage());
        }
    }
}
