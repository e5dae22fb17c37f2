/**
 * The running product for tests: the real application on its real embedded PostgreSQL, clients that speak HTTP to it as
 * callers do, and organizations to act for. Every answer that a client gets is checked against the API's document.
 */
@NullMarked
package build.leash.app.support;

import org.jspecify.annotations.NullMarked;
