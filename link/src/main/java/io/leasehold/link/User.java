package io.leasehold.link;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A user of this machine.
 *
 * @param name as the operator gave it
 * @param uid its number, as the kernel knows it
 * @param gid the number of its group
 */
public record User(String name, int uid, int gid) {
    /** Linux's own number for a user without a name, used for nobody by every distribution. */
    private static final int NOBODY = 65534;

    /** The user that owns nothing. */
    public static User nobody() {
        try (LibC libc = new LibC()) {
            User found = libc.user("nobody");
            return found == null ? new User("nobody", NOBODY, NOBODY) : found;
        }
    }

    /**
     * Finds a user.
     *
     * @param nameOrNumber a name that this machine knows, or a uid, whose user need not exist: its
     *     group has the same number then
     * @throws LinkException when there is no such user
     */
    public static User find(String nameOrNumber) throws IOException {
        try (LibC libc = new LibC()) {
            User found = libc.user(nameOrNumber);
            if (found != null) {
                return found;
            }
            Integer number = number(nameOrNumber);
            if (number == null) {
                throw new LinkException(
                        "found no user \""
                                + nameOrNumber
                                + "\" on this machine, expected a name that it knows or a number");
            }
            User numbered = libc.user(number);
            return new User(nameOrNumber, number, numbered == null ? number : numbered.gid());
        }
    }

    private static @Nullable Integer number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.valueOf(text) : null;
    }
}
