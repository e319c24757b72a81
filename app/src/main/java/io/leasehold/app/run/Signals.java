package io.leasehold.app.run;

import io.leasehold.link.Notify;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * SIGHUP, SIGTERM and SIGINT. The JDK has one way to hear a signal, sun.misc.Signal in the module
 * jdk.unsupported; it is reached by reflection since the compiler warns of its name, and warnings
 * end the build.
 */
public final class Signals {
    private Signals() {}

    /** Has SIGTERM and SIGINT end the program in good order, and the service manager know of it. */
    public static void onEnd(Runnable stop) {
        Runnable end =
                () -> {
                    Notify.stopping();
                    stop.run();
                };
        on("TERM", end);
        on("INT", end);
    }

    /**
     * Runs a task, on a thread of the JVM's, each time a signal comes, in place of what the JVM
     * does then.
     *
     * @param name without SIG: HUP
     */
    public static void on(String name, Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler run =
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            task.run();
                        }
                        return null;
                    };
            Object listening =
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(), new Class<?>[] {handler}, run);
            Object number = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, number, listening);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK does not let a program hear SIG" + name, e);
        }
    }
}
