package io.leasehold.app;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says in words what the JDK leaves to the name of an exception. */
public final class Faults {
    private Faults() {}

    /** What is the matter, and with which file where that is known. */
    public static String inWords(Exception failure) {
        return switch (failure) {
            case AccessDeniedException denied -> denied.getFile() + ": " + reason(denied);
            case NoSuchFileException missing -> missing.getFile() + ": " + reason(missing);
            case FileAlreadyExistsException there -> there.getFile() + ": " + reason(there);
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }

    /** What is the matter, without the file. */
    public static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such file or directory";
            case FileAlreadyExistsException _ -> "is no directory";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }

    /** Refuses a directory where a file is meant: to read one fails without its name. */
    public static void refuseDirectory(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a directory, expected a file");
        }
    }
}
