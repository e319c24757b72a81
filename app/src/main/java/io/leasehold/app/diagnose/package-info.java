/** What of a host and its network would keep machines from booting. */
@NullMarked
package io.leasehold.app.diagnose;

import org.jspecify.annotations.NullMarked;
