/** The configuration file: reading it, checking it, and saying what is wrong with it. */
@NullMarked
package io.leasehold.app.config;

import org.jspecify.annotations.NullMarked;
