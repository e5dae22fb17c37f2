package build.leash.app.web;

import build.leash.app.web.error.InvalidRequest;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.WebUtils;

/** A request with its whole body in memory, of a bounded size and well-formed UTF-8. */
public final class RequestBody extends HttpServletRequestWrapper {

    private final byte[] bytes;

    /** @throws InvalidRequest if the body is not UTF-8 */
    RequestBody(HttpServletRequest request, byte[] bytes) {
        super(request);
        this.bytes = bytes;
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new InvalidRequest("", "The body is not valid UTF-8.");
        }
    }

    /** The body of the request, as {@link BodyFilter} read it; empty if it has none. */
    public static byte[] of(HttpServletRequest request) {
        RequestBody body = WebUtils.getNativeRequest(request, RequestBody.class);
        return body == null ? new byte[0] : body.bytes;
    }

    @Override
    public ServletInputStream getInputStream() {
        return new BufferedBody(new ByteArrayInputStream(bytes));
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private static final class BufferedBody extends ServletInputStream {

        private final ByteArrayInputStream body;

        BufferedBody(ByteArrayInputStream body) {
            this.body = body;
        }

        @Override
        public int read() {
            return body.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return body.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("The body is read already");
        }
    }
}
