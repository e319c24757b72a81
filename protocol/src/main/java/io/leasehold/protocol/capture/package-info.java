/**
 * Capture files and what is in them: pcap and pcapng are read, pcapng is written, and frames are
 * taken apart down to UDP. Plain Java; the bytes come from streams of the caller.
 */
@NullMarked
package io.leasehold.protocol.capture;

import org.jspecify.annotations.NullMarked;
