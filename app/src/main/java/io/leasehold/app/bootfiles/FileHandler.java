package io.leasehold.app.bootfiles;

import io.leasehold.app.run.HostClock;
import io.leasehold.netboot.files.BootFile;
import io.leasehold.netboot.files.BootRoot;
import io.leasehold.netboot.files.FileLookup;
import io.leasehold.netboot.http.FileAnswer;
import io.leasehold.netboot.http.UrlPath;
import io.leasehold.netboot.script.MadeScript;
import io.leasehold.netboot.watch.BootFetch;
import io.leasehold.protocol.wire.Ip4Address;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers GET and HEAD with files. What it sends is read as the client takes it. */
final class FileHandler extends Handler.Abstract {
    /**
     * As much as one write hands to the kernel of what it does not send by itself; only answers
     * that are under way have such a buffer.
     */
    private static final int CHUNK_BYTES = 64 * 1024;

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int SERVER_ERROR = 500;

    private final BootRoot files;
    private final MadeFiles made;
    private final ServedAddresses served;
    private final BootFileLog log;

    FileHandler(BootRoot files, MadeFiles made, ServedAddresses served, BootFileLog log) {
        this.files = files;
        this.made = made;
        this.served = served;
        this.log = log;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String who = "HTTP " + Request.getRemoteAddr(request);
        String method = request.getMethod();
        String target = request.getHttpURI().getPathQuery();
        String name = target == null ? null : UrlPath.decode(target);
        if (!isServed(request.getConnectionMetaData().getLocalSocketAddress())) {
            fail(response, callback, FORBIDDEN, "not served on this address");
            log.refused(who, target == null ? "" : target, "refused: came by another interface");
        } else if (!method.equals("GET") && !method.equals("HEAD")) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            fail(response, callback, METHOD_NOT_ALLOWED, "only GET and HEAD");
            log.refused(who, target == null ? "" : target, "refused: only GET and HEAD");
        } else if (name == null) {
            fail(response, callback, BAD_REQUEST, "bad path");
            log.refused(who, target == null ? "" : target, "refused: an escape that is none");
        } else {
            look(request, response, callback, who, name);
        }
        return true;
    }

    /** 0.0.0.0 for one that is none of IPv4. */
    private static Ip4Address address(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress()
                                instanceof InetSocketAddress inet
                        && inet.getAddress() instanceof Inet4Address four
                ? Ip4Address.of(ByteBuffer.wrap(four.getAddress()).getInt())
                : Ip4Address.ZERO;
    }

    private boolean isServed(SocketAddress local) {
        return !(local instanceof InetSocketAddress inet) || served.hasLocal(inet.getAddress());
    }

    private void look(
            Request request, Response response, Callback callback, String who, String name) {
        switch (find(request, name)) {
            case FileLookup.Found(BootFile file) -> send(request, response, callback, who, file);
            case FileLookup.Missing(String why) -> {
                fail(response, callback, NOT_FOUND, "no such file");
                String whose = refused(request, who, name, BootFetch.Result.MISSING, why);
                log.missing(whose, name, "not sent: " + why);
            }
            case FileLookup.Refused(String why) -> {
                fail(response, callback, FORBIDDEN, "refused");
                String whose = refused(request, who, name, BootFetch.Result.REFUSED, why);
                log.refused(whose, name, "refused: " + why);
            }
            case FileLookup.Failed(String why) -> {
                fail(response, callback, SERVER_ERROR, "cannot open the file");
                String whose = refused(request, who, name, BootFetch.Result.FAILED, why);
                log.failed(whose, name, "not sent: " + why);
            }
        }
    }

    private String refused(
            Request request, String who, String name, BootFetch.Result result, String why) {
        Ip4Address from = address(request);
        return log.ended(
                who, BootFetch.refused(BootFetch.Protocol.HTTP, from, name, result, why), false);
    }

    /** What is made is not looked for. */
    private FileLookup find(Request request, String name) {
        String query = request.getHttpURI().getQuery();
        FileLookup found =
                made.open(
                        name,
                        query == null ? "" : query,
                        Request.getRemoteAddr(request),
                        Request.getLocalAddr(request));
        return found == null ? files.open(name) : found;
    }

    private void send(
            Request request, Response response, Callback callback, String who, BootFile file) {
        boolean head = request.getMethod().equals("HEAD");
        Function<String, @Nullable String> headers = request.getHeaders()::get;
        FileAnswer answer =
                file instanceof MadeScript script
                        ? FileAnswer.ofMade(
                                head, headers, script.path(), script.size(), script.tag())
                        : FileAnswer.of(
                                head, headers, file.path(), file.size(), file.modifiedMillis());
        response.setStatus(answer.status());
        log.count("http-" + answer.status());
        answer.headers().forEach(each -> response.getHeaders().put(each.name(), each.value()));
        if (answer.length() == 0) {
            file.close();
            response.write(true, null, callback);
            log.debug(who, file.path(), request.getMethod() + " answered " + answer.status());
            return;
        }
        Ip4Address from = address(request);
        log.begun(from);
        Sending sending = new Sending(callback, response, who, from, file, answer);
        FileBody body = null;
        FileChannel channel = file.channel();
        if (channel != null
                && answer.length() > CHUNK_BYTES
                && request.getConnectionMetaData().getConnection().getEndPoint()
                        instanceof FileEndPoint to) {
            body = FileBody.of(to, response, channel, answer.first(), answer.length(), sending);
        }
        if (body == null) {
            Content.copy(read(request, file, answer), response, sending);
        } else {
            sending.sentBytes = body::sent;
            body.iterate();
        }
    }

    private static Content.Source read(Request request, BootFile file, FileAnswer answer) {
        ByteBufferPool pool = request.getComponents().getByteBufferPool();
        return Content.Source.from(
                new ByteBufferPool.Sized(pool, true, CHUNK_BYTES),
                new BootFileChannel(file),
                answer.first(),
                answer.length());
    }

    /** Closes the file and tells of it when the answer is out, or got stuck. */
    private final class Sending extends Callback.Nested {
        private final String who;
        private final Ip4Address from;
        private final BootFile file;
        private final FileAnswer answer;
        private final long begunMillis = HostClock.runningMillis();
        private LongSupplier sentBytes;

        Sending(
                Callback callback,
                Response response,
                String who,
                Ip4Address from,
                BootFile file,
                FileAnswer answer) {
            super(callback);
            this.who = who;
            this.from = from;
            this.file = file;
            this.answer = answer;
            this.sentBytes = () -> Response.getContentBytesWritten(response);
        }

        @Override
        public void succeeded() {
            file.close();
            long millis = HostClock.runningMillis() - begunMillis;
            log.count("http-bytes", answer.length());
            String part = answer.length() == file.size() ? "" : ", from byte " + answer.first();
            String whose = ended(BootFetch.Result.WHOLE, "", answer.length(), millis);
            log.sent(whose, file.path(), BootFileLog.amount(answer.length(), millis) + part);
            super.succeeded();
        }

        @Override
        public void failed(Throwable why) {
            file.close();
            long millis = HostClock.runningMillis() - begunMillis;
            long bytes = Math.max(sentBytes.getAsLong(), 0);
            log.count("http-stuck");
            log.count("http-bytes", bytes);
            String part = BootFileLog.part(bytes, answer.length(), millis);
            String reason = reason(why);
            String whose = ended(BootFetch.Result.BROKEN, reason, bytes, millis);
            log.stuck(whose, file.path(), "stuck at " + part + ": " + reason);
            super.failed(why);
        }

        private String ended(BootFetch.Result result, String why, long bytes, long millis) {
            BootFetch.Protocol http = BootFetch.Protocol.HTTP;
            long size = file.size();
            return log.ended(
                    who,
                    new BootFetch(http, from, file.path(), result, why, bytes, size, millis),
                    true);
        }

        private static String reason(Throwable why) {
            String text = String.valueOf(why.getMessage());
            return why instanceof TimeoutException
                    ? "the client takes nothing (" + text + ")"
                    : text;
        }
    }

    private void fail(Response response, Callback callback, int status, String text) {
        log.count("http-" + status);
        byte[] body = (text + "\n").getBytes(StandardCharsets.US_ASCII);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
