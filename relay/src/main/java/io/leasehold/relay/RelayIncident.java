package io.leasehold.relay;

/** What is counted although the message went on. */
public enum RelayIncident {
    AGENT_INFORMATION_TOO_LONG(
            "agent-information-too-long", "without option 82: the message would be too long"),
    AGENT_INFORMATION_NO_PLACE(
            "agent-information-no-place", "without option 82: there is no place for options"),
    AGENT_INFORMATION_MALFORMED(
            "agent-information-malformed", "a reply with a malformed option 82, taken out"),
    HARDWARE_UNREACHABLE(
            "hardware-unreachable", "broadcast: the hardware address fits no neighbour entry"),
    YIADDR_OFF_LINK("yiaddr-off-link", "broadcast: yiaddr is in no network of the interface"),
    SMART_NEXT_ADDRESS(
            "smart-next-address", "no answer, so giaddr is the interface's next address"),
    FAILED_OVER("failed-over", "the client's server does not answer, another got the request");

    private final String label;
    private final String text;

    RelayIncident(String label, String text) {
        this.label = label;
        this.text = text;
    }

    /** The counter's name: lower case with hyphens. */
    public String label() {
        return label;
    }

    /** The incident as a log line tells it. */
    public String text() {
        return text;
    }
}
