package io.leasehold.app.command;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads what flags say; what is wrong is told by the name of the flag. */
record FlagValues(CommandSpec spec) {
    /** A number within bounds. */
    void require(String flag, int value, int least, int most) {
        if (value < least || value > most) {
            throw usage(flag + ": found " + value + ", expected " + least + " to " + most);
        }
    }

    /** What a text means, which is refused by IllegalArgumentException. */
    <T> T read(String flag, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw usage(flag + ": " + e.getMessage());
        }
    }

    /** To be thrown where the command line is wrong. */
    ParameterException usage(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
