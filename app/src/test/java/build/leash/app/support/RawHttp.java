package build.leash.app.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes bytes to the server as they are, for what no well-behaved client would send, and reads one answer. */
public final class RawHttp {

    private static final int LIMIT_MILLIS = 30_000;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private static final byte[] VERSION = "HTTP/1.".getBytes(StandardCharsets.ISO_8859_1);

    private RawHttp() {}

    /** @param request Latin-1, so that each character is the byte of that number */
    public static LeashAnswer send(URI baseUrl, String request) {
        return send(baseUrl, request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Sends the bytes, and reads the answer until the server closes or the announced length is there. The answer to
     * HTTP/0.9 has neither status, which is 0 here, nor headers.
     */
    public static LeashAnswer send(URI baseUrl, byte[] request) {
        try (Socket socket = new Socket(InetAddress.getByName(baseUrl.getHost()), baseUrl.getPort())) {
            socket.setSoTimeout(LIMIT_MILLIS);
            write(socket, request);
            return read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server may answer and close before it has read everything, which is no failure. */
    private static void write(Socket socket, byte[] request) throws IOException {
        try {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
        } catch (SocketException e) {
            if (socket.getInputStream().available() == 0) {
                throw e;
            }
        }
    }

    private static LeashAnswer read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!endsWith(head.toByteArray(), END_OF_HEAD)) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The server closed after " + head.size() + " bytes of its answer");
            }
            head.write(next);
            if (head.size() == VERSION.length && !Arrays.equals(head.toByteArray(), VERSION)) {
                in.transferTo(head);
                return new LeashAnswer(0, HttpHeaders.of(Map.of(), (name, value) -> true), head.toByteArray());
            }
        }
        List<String> lines = head.toString(StandardCharsets.ISO_8859_1).lines().toList();
        HttpHeaders headers = headers(lines);
        int status = Integer.parseInt(lines.getFirst().split(" ")[1]);
        return new LeashAnswer(status, headers, body(in, status, headers));
    }

    private static HttpHeaders headers(List<String> lines) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(1, lines.size() - 1)) {
            String[] parts = line.split(":", 2);
            headers.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1].strip());
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    private static byte[] body(InputStream in, int status, HttpHeaders headers) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        if (headers.firstValue("Transfer-Encoding").orElse("").equals("chunked")) {
            return chunks(in);
        }
        long length = headers.firstValueAsLong("Content-Length").orElse(-1);
        return length < 0 ? in.readAllBytes() : in.readNBytes((int) length);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.write(in.readNBytes(size));
            in.readNBytes(2);
        }
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return Integer.parseInt(line.toString().strip(), 16);
    }

    private static boolean endsWith(byte[] bytes, byte[] end) {
        int offset = bytes.length - end.length;
        return offset >= 0 && Arrays.equals(bytes, offset, bytes.length, end, 0, end.length);
    }
}
