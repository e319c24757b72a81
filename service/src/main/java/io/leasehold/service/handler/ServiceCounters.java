package io.leasehold.service.handler;

import io.leasehold.link.LinkCounters;

/**
 * What a service has counted since it was started.
 *
 * @param link what its sockets counted
 * @param notDhcp datagrams that were no DHCP message
 * @param shed DISCOVERs that were dropped unread, since more came than could be answered
 * @param restarts times that the handler was started afresh
 */
public record ServiceCounters(LinkCounters link, long notDhcp, long shed, long restarts) {}
