/** Network namespaces for tests that need root; other rooms use them too. */
@NullMarked
package io.leasehold.link.lab;

import org.jspecify.annotations.NullMarked;
