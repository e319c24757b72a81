package io.leasehold.app.run;

/** The name of an interface by its index. */
@FunctionalInterface
public interface InterfaceNames {
    String of(int index);
}
