package build.leash.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * So many requests a second over some connections, by one thread: a thread for each connection would take more of a small
 * machine than the server at half its load. Each answer is timed from when its request was due, so a late one counts as
 * slow, and so do those that it held up. Answers are looked for every {@value #PAUSE_MICROS} microseconds, or somewhat
 * more as the system's timers have it; all times are that much too long.
 */
final class PacedLoad implements AutoCloseable {

    private static final int PAUSE_MICROS = 50;
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(PAUSE_MICROS);
    private static final long MAX_SILENCE = TimeUnit.SECONDS.toNanos(30);
    private static final int SUCCESS = 200;

    private final Target target;
    private final int connections;
    private final ByteBuffer[] requests;
    private final Selector selector = Selector.open();
    private final Deque<Wire> free = new ArrayDeque<>();
    private long[] nanos = new long[1024];
    private int answered;
    private long timedFrom;
    private long heardAt;

    private PacedLoad(Target target, int connections) throws IOException {
        this.target = target;
        this.connections = connections;
        this.requests = IntStream.range(0, Wrk.DIFFERENT).mapToObj(i -> direct(target.request().apply(i)))
                .toArray(ByteBuffer[]::new);
        for (int i = 0; i < connections; i++) {
            free.add(new Wire());
        }
    }

    private final class Wire {

        private final SocketChannel channel;
        private final Answer answer = new Answer();
        private long due;

        Wire() throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send(ByteBuffer request, long due) throws IOException {
            this.due = due;
            answer.clear();
            request.rewind();
            while (request.hasRemaining()) {
                channel.write(request);
            }
        }

        void read() throws IOException {
            answer.readMore(channel);
            if (answer.isWhole()) {
                heardAt = System.nanoTime();
                note(heardAt - due);
                free.add(this);
            }
        }

        private void note(long took) {
            if (answer.status() != SUCCESS) {
                throw new IllegalStateException(target.name() + " was answered:\n" + answer.text());
            }
            if (due >= timedFrom) {
                if (answered == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * answered);
                }
                nanos[answered++] = took;
            }
        }
    }

    /**
     * Runs it.
     *
     * @param lead before anything is timed, so that this JVM is warm, too
     * @param window in which answers are timed
     */
    static Load.Outcome run(Target target, int connections, Duration lead, Duration window, double perSecond)
            throws IOException {
        try (PacedLoad load = new PacedLoad(target, connections)) {
            return load.run(lead, window, perSecond);
        }
    }

    private Load.Outcome run(Duration lead, Duration window, double perSecond) throws IOException {
        long begun = System.nanoTime();
        timedFrom = begun + lead.toNanos();
        heardAt = begun;
        long end = timedFrom + window.toNanos();
        double gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long sent = 0;
        for (long due = begun; due < end || free.size() < connections;) {
            long now = System.nanoTime();
            while (due <= now && due < end && !free.isEmpty()) {
                free.remove().send(requests[(int) (sent % Wrk.DIFFERENT)], due);
                sent++;
                due = begun + (long) (gap * sent);
            }
            read(now);
        }
        double seconds = (heardAt - timedFrom) / 1e9;
        long[] sorted = Arrays.copyOf(nanos, answered);
        Arrays.sort(sorted);
        return new Load.Outcome(answered / seconds, sorted);
    }

    private void read(long now) throws IOException {
        if (selector.selectNow() == 0) {
            if (now - heardAt > MAX_SILENCE) {
                throw new IllegalStateException(target.name() + " gave no answer in time");
            }
            LockSupport.parkNanos(PAUSE);
            return;
        }
        for (SelectionKey key : selector.selectedKeys()) {
            ((Wire) key.attachment()).read();
        }
        selector.selectedKeys().clear();
    }

    private static ByteBuffer direct(byte[] request) {
        return ByteBuffer.allocateDirect(request.length).put(request);
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
