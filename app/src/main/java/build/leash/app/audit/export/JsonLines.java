package build.leash.app.audit.export;

import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Each line as a JSON object: all that a verifier needs. */
final class JsonLines implements ExportTarget {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final OutputStream out;

    JsonLines(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(ExportLine line) throws IOException {
        out.write(JSON.writeValueAsBytes(line));
        out.write('\n');
    }

    @Override
    public boolean wantsHashes() {
        return true;
    }
}
