/**
 * The app's keys, for editors and the type checker: `leash secrets types` writes a declaration that adds to it. As long
 * as it is empty every string is a key.
 */
export interface LeashEnvKeys {}

export type EnvKey = keyof LeashEnvKeys extends never ? string : keyof LeashEnvKeys | (string & {});
