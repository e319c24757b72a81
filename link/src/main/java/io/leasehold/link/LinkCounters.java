package io.leasehold.link;

/**
 * What a link has counted since it was opened.
 *
 * @param received datagrams handed over
 * @param ignored datagrams not handed over: broadcasts on interfaces that are not served
 * @param dropped datagrams that the kernel dropped since no more fitted into a socket's buffer, as
 *     far as later datagrams told of it
 * @param shed datagrams that the kernel dropped while it was to let in a share of the DISCOVERs, as
 *     far as later datagrams told of it
 * @param sent messages sent
 * @param sendFailures messages that could not be sent
 * @param neighbours neighbour entries made
 * @param neighbourFallbacks messages broadcast because no neighbour entry could be made
 * @param pings ICMP echo requests sent
 * @param pingFailures ICMP echo requests that could not be sent
 * @param pingAnswers ICMP echo replies that came
 * @param interfaceChanges times that interfaces or addresses were found changed
 * @param socketFailures sockets that could not be opened for an address that came later
 */
public record LinkCounters(
        long received,
        long ignored,
        long dropped,
        long shed,
        long sent,
        long sendFailures,
        long neighbours,
        long neighbourFallbacks,
        long pings,
        long pingFailures,
        long pingAnswers,
        long interfaceChanges,
        long socketFailures) {}
