package build.leash.app.dashboard.page;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** Where a page finds its assets: at names that change with their content. */
public final class Assets {

    public static final String PATH = "/dashboard/assets/";

    private final ResourceUrlProvider urls;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    Assets(ResourceUrlProvider urls) {
        this.urls = urls;
    }

    public String url(String file) {
        return known.computeIfAbsent(file, name -> {
            String url = urls.getForLookupPath(PATH + name);
            if (url == null) {
                throw new IllegalStateException("There is no asset " + name);
            }
            return url;
        });
    }
}
