package build.leash.secrets.api;

import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to become different about a source, each as {@link SourceRequest} has it; null leaves a thing as it is. */
public record SourceChange(@Nullable DisplayName name, @Nullable Map<String, String> settings,
        @Nullable PlainSecret credential, @Nullable List<AppName> apps, @Nullable Long staleSeconds) {

    public SourceChange {
        settings = settings == null ? null : Map.copyOf(settings);
        apps = apps == null ? null : apps.stream().distinct().sorted().toList();
    }

    @Override
    public String toString() {
        return "SourceChange[…]";
    }
}
