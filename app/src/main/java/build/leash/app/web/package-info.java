/** The door: what every request passes before it reaches a controller, in the order of the filters' numbers. */
@NullMarked
package build.leash.app.web;

import org.jspecify.annotations.NullMarked;
