/** Makes scripts for machines: of templates, and of what an HTTP server of the user's says. */
@NullMarked
package io.leasehold.app.scripts;

import org.jspecify.annotations.NullMarked;
