package build.leash.app.audit.replay;

import build.leash.access.api.event.Projection;
import build.leash.access.api.event.Rebuild;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The tables that the log can make anew.
 *
 * @param withoutQuery tables of projections of which an audit can tell nothing
 */
record ReadModels(List<Rebuild> rebuilds, Set<String> withoutQuery) {

    static ReadModels of(Collection<Projection> projections) {
        List<Rebuild> rebuilds = projections.stream().flatMap(projection -> projection.rebuilds().stream()).toList();
        Set<String> rebuilt = rebuilds.stream().map(Rebuild::table).collect(Collectors.toSet());
        Set<String> others = projections.stream().flatMap(projection -> projection.tables().stream())
                .filter(table -> !rebuilt.contains(table)).collect(Collectors.toCollection(TreeSet::new));
        return new ReadModels(rebuilds, others);
    }
}
