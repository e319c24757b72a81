package io.leasehold.app.lab;

/** The lab could not be set up, or something in it did not come about; the message says what. */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
