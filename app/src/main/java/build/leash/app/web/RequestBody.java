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
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/** A request with its whole body in memory, of a bounded size and well-formed UTF-8. */
public final class RequestBody extends HttpServletRequestWrapper {

    private final byte[] bytes;
    private @Nullable Map<String, String[]> parameters;

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

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterValues(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return getParameterMap().get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    /** Those of the query, and those of the body if it is a form: the container cannot read it a second time. */
    @Override
    public Map<String, String[]> getParameterMap() {
        if (parameters == null) {
            parameters = isForm() ? FormParameters.read(bytes, super.getParameterMap()) : super.getParameterMap();
        }
        return parameters;
    }

    private boolean isForm() {
        String type = getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
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
