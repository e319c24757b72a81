/** Messages as people and programs read them: a line, all fields, JSON. */
@NullMarked
package io.leasehold.app.text;

import org.jspecify.annotations.NullMarked;
