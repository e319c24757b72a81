/** The rules that make ports 67 and 68 on the wire 1067 and 1068 inside. */
@NullMarked
package io.leasehold.app.ports;

import org.jspecify.annotations.NullMarked;
