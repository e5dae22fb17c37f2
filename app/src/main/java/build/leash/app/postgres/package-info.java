/**
 * The room of the PostgreSQL that comes with the application, for those who do not bring their own: it unpacks the
 * server, creates the cluster, starts it on the loopback interface, keeps it alive as long as the JVM lives and never
 * longer. Only {@link build.leash.app.postgres.EmbeddedPostgres} is for others.
 */
@NullMarked
package build.leash.app.postgres;

import org.jspecify.annotations.NullMarked;
