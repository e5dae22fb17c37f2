package build.leash.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * What is asked of a server, request by request.
 *
 * @param request the n-th one, whole, as it goes over the wire
 */
record Target(String name, int port, LongFunction<byte[]> request) {

    /** A request in HTTP/1.1, keeping the connection. */
    static byte[] request(String method, String path, Map<String, String> headers, String body) {
        StringBuilder text = new StringBuilder(method).append(' ').append(path)
                .append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        if (!body.isEmpty()) {
            text.append("Content-Type: application/json\r\nContent-Length: ").append(body.length()).append("\r\n");
        }
        return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.US_ASCII);
    }
}
