/** The commands of the program, a class each. */
@NullMarked
package io.leasehold.app.command;

import org.jspecify.annotations.NullMarked;
