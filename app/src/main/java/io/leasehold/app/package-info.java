/** The program: its commands, its configuration, and what joins the other rooms. */
@NullMarked
package io.leasehold.app;

import org.jspecify.annotations.NullMarked;
