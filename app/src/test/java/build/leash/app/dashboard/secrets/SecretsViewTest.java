package build.leash.app.dashboard.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import build.leash.access.api.AppName;
import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.app.support.RunningLeash;
import build.leash.app.web.env.SourceRequests;
import build.leash.secrets.api.Apps;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.EnvValue;
import build.leash.secrets.api.NativeValues;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretSources;
import build.leash.secrets.api.SourceChange;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.api.SourceRequest;
import build.leash.secrets.api.SourceView;
import build.leash.secrets.api.ValueView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.ui.ExtendedModelMap;

class SecretsViewTest {

    private final RunningLeash leash = RunningLeash.shared();
    private final Caller owner = leash.founds().owner();
    private final SecretSources sources = leash.bean(SecretSources.class);

    @Test
    void appsThatAreAllowedAtTheSameTimeAreAllAllowed() throws Exception {
        List<AppName> apps = List.of(app("a"), app("b"), app("c"), app("d"));
        SourceId source = nativeSource("Shared", List.of());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SourceView>> allowed = new ArrayList<>();
            apps.forEach(app -> allowed.add(threads.submit(() -> sources.allow(owner, source, app, true))));
            for (Future<SourceView> one : allowed) {
                one.get();
            }
        }
        assertThat(sources.get(owner, source).apps()).isEqualTo(apps);
        assertThat(sources.allow(owner, source, apps.get(1), false).apps())
                .containsExactly(apps.get(0), apps.get(2), apps.get(3));
    }

    @Test
    void valuesComeInPagesOfKeysAndTellWhoWins() {
        SourceId first = nativeSource("First", List.of(AppName.DEFAULT));
        SourceId second = nativeSource("Second", List.of(AppName.DEFAULT));
        SourceId unread = nativeSource("Unread", List.of());
        set(first, "A", "B", "C");
        set(second, "A");
        set(unread, "A");

        Page<ValueView> page = sources.valuesByKey(owner, new PageRequest(null, 2));
        assertThat(page.items()).extracting(value -> value.key().value()).containsExactly("A", "A", "A", "B");
        assertThat(sources.valuesByKey(owner, new PageRequest(page.next(), 2)).items())
                .extracting(value -> value.key().value()).containsExactly("C");
        assertThat(sources.counts(owner)).containsExactlyInAnyOrderEntriesOf(Map.of(first, 3, second, 1, unread, 1));

        assertThat(shown(null)).extracting(SecretsView.ValueRow::key, SecretsView.ValueRow::source,
                SecretsView.ValueRow::standing).containsExactly(tuple("A", "Unread", ""), tuple("A", "Second", "wins"),
                        tuple("A", "First", "overridden"), tuple("B", "First", ""), tuple("C", "First", ""));
        assertThat(shown("B")).extracting(SecretsView.ValueRow::key).containsExactly("C");
        assertThat(shown("no key")).hasSize(5);
    }

    @Test
    void whatNobodyTouchedInTheFormStaysAsItIs() {
        SourceId id = sources.add(owner, new SourceRequest(DisplayName.of("Outside"), SourceKind.WEBHOOK,
                Map.of("url", "https://127.0.0.1"), PlainSecret.of("a-signing-secret-of-the-test"), List.of(), 90))
                .id();
        SourceView before = sources.sync(owner, id);

        SourceChange saved = SourceRequests.change(SourceForm.of(before).fields("", false));
        SourceView after = sources.change(owner, id, saved, null);
        assertThat(after).isEqualTo(before);

        SourceChange moved = new SourceChange(null, Map.of("url", "https://127.0.0.2"),
                PlainSecret.of("another-signing-secret-of-the-test"), null, null);
        assertThat(sources.change(owner, id, moved, null).sync()).as("what another address answered")
                .isNotEqualTo(before.sync());
    }

    private List<SecretsView.ValueRow> shown(@Nullable String after) {
        ExtendedModelMap model = new ExtendedModelMap();
        leash.bean(SecretsView.class).addTo(model, owner, after);
        return ((List<?>) model.getAttribute("values")).stream().map(SecretsView.ValueRow.class::cast).toList();
    }

    private AppName app(String name) {
        leash.bean(Apps.class).register(owner, AppName.of(name), DisplayName.of(name));
        return AppName.of(name);
    }

    private SourceId nativeSource(String name, List<AppName> apps) {
        return sources.add(owner, new SourceRequest(DisplayName.of(name), SourceKind.NATIVE, Map.of(), null, apps, 0))
                .id();
    }

    private void set(SourceId source, String... keys) {
        for (String key : keys) {
            leash.bean(NativeValues.class).set(owner, source, EnvKey.of(key), new EnvValue(PlainSecret.of("v")), null);
        }
    }
}
