package build.leash.app.web.docs;

import build.leash.app.web.error.ErrorCode;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** {@code /docs/errors}: every code with its meaning, made from {@link ErrorCode}, each under its own anchor. */
final class ErrorsPage {

    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    private ErrorsPage() {}

    static String html() {
        String codes = Arrays.stream(ErrorCode.values()).map(ErrorsPage::section).collect(Collectors.joining());
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Errors · Leash</title>
                <link rel="icon" href="data:,">
                <link rel="stylesheet" href="/docs/assets/docs.css">
                </head>
                <body>
                <main>
                <h1>Errors</h1>
                <p>Every error is a problem document (RFC 9457). Its <code>code</code> is one of these, and no other.
                The <a href="/docs/api">API reference</a> says which call gives which.</p>
                %s</main>
                </body>
                </html>
                """.formatted(codes);
    }

    private static String section(ErrorCode code) {
        return """
                <section id="%1$s">
                <h2><a href="#%1$s"><code>%1$s</code></a> <span>%2$d %3$s</span></h2>
                <p>%4$s</p>
                <p><strong>What to do:</strong> %5$s</p>
                </section>
                """.formatted(code.code(), code.status(), text(code.title()), text(code.detail()),
                text(code.action()));
    }

    private static String text(String sentence) {
        return CODE.matcher(HtmlUtils.htmlEscape(sentence)).replaceAll("<code>$1</code>");
    }
}
