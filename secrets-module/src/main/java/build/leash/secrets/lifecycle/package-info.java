/**
 * The life of an organization's keys: the aggregate that decides about it, the façade, and the jobs that wrap, seal anew
 * and destroy while everything is served.
 */
@NullMarked
package build.leash.secrets.lifecycle;

import org.jspecify.annotations.NullMarked;
