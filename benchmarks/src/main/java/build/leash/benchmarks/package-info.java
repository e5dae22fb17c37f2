/** Measures Leash beside what the machine can do: every figure with its floor, in the same run, taking turns. */
@NullMarked
package build.leash.benchmarks;

import org.jspecify.annotations.NullMarked;
