/** What TeaVM is told to do besides, while it turns the probes into C. */
@NullMarked
package io.leasehold.scratch.teavm;

import org.jspecify.annotations.NullMarked;
