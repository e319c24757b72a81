package io.leasehold.app.bench;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What clients do, as shares of a whole.
 *
 * @param full share of full exchanges (DISCOVER, OFFER, REQUEST, ACK)
 * @param renew share of renewals by clients that hold a lease
 * @param release share of releases by clients that hold a lease
 * @param discover share of pairs: a DISCOVER whose OFFER the client does not take up
 */
public record Mix(int full, int renew, int release, int discover) {
    /** The sum of shares may not pass this. */
    private static final int SHARES_MAX = 1_000_000;

    /** What a client is about to do. */
    enum Task {
        FULL,
        RENEW,
        RELEASE,
        DISCOVER
    }

    public static final Mix ONLY_FULL = new Mix(100, 0, 0, 0);

    public Mix {
        boolean leases = renew > 0 || release > 0 || discover == 0;
        if (full < (leases ? 1 : 0) || renew < 0 || release < 0 || discover < 0) {
            throw new IllegalArgumentException(
                    "a mix needs a share of full exchanges above 0, since without them nobody has a"
                            + " lease to renew or release; only discover can stand alone");
        }
    }

    /**
     * Reads {@code full=90,renew=8,release=2}; a part that is not named has no share.
     *
     * @throws IllegalArgumentException when the text is anything else; the message says what was
     *     expected
     */
    public static Mix parse(String text) {
        int full = 0;
        int renew = 0;
        int release = 0;
        int discover = 0;
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            int share = share(text, equals < 0 ? "" : part.substring(equals + 1));
            switch (name.strip().toLowerCase(Locale.ROOT)) {
                case "full" -> full = share;
                case "renew" -> renew = share;
                case "release" -> release = share;
                case "discover" -> discover = share;
                default -> throw notAMix(text);
            }
        }
        return new Mix(full, renew, release, discover);
    }

    private static int share(String text, String number) {
        try {
            int share = Integer.parseInt(number.strip());
            if (share >= 0 && share <= SHARES_MAX) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw notAMix(text);
        }
        throw notAMix(text);
    }

    private static IllegalArgumentException notAMix(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not a mix such as full=90,renew=8,release=2");
    }

    Task pick(SplittableRandom random) {
        if (renew == 0 && release == 0 && discover == 0) {
            return Task.FULL;
        }
        int at = random.nextInt(full + renew + release + discover);
        if (at < full) {
            return Task.FULL;
        }
        if (at < full + discover) {
            return Task.DISCOVER;
        }
        return at < full + discover + renew ? Task.RENEW : Task.RELEASE;
    }

    @Override
    public String toString() {
        return "full=" + full + ",renew=" + renew + ",release=" + release + ",discover=" + discover;
    }
}
