package io.leasehold.app.relay;

import io.leasehold.link.User;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a relay stands on its machine.
 *
 * @param become whom it becomes once its sockets are open; null to stay who it is
 * @param pidFile where it writes its process id before; null for where it is looked for, if it is a
 *     daemon
 * @param admin where it tells of itself over HTTP; null for nowhere
 * @param data in which directory commands are answered; null for none
 */
public record Footing(
        @Nullable User become,
        @Nullable Path pidFile,
        @Nullable InetSocketAddress admin,
        @Nullable Path data) {}
