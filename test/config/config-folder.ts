import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { ConfigError, formatFaults } from '../../src/config/config-error.ts';
import { loadConfig, type Config } from '../../src/config.ts';

/** A master key, as it is given. */
export const KEY = Buffer.alloc(32, 7).toString('base64');
/** No fault may tell it. */
export const SECRET = 'do-not-print-this-value';

/** An empty folder that is there until the test ends. */
export function openConfigFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyfold-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** `yaml`: what is written to the file in the folder; null: nothing. */
export interface LoadingFrom {
  load(yaml?: string | null, env?: Record<string, string>): Config;
  /** Each with its path; none where the configuration is right. */
  faults(yaml: string | null, env?: Record<string, string>): readonly string[];
}

export function loadingFrom(folder: () => string): LoadingFrom {
  const load: LoadingFrom['load'] = (yaml = null, env = {}) => {
    const cwd = folder();
    if (yaml !== null) writeFileSync(join(cwd, 'keyfold.yaml'), yaml);
    return loadConfig({ env, cwd });
  };
  const faults: LoadingFrom['faults'] = (yaml, env = {}) => {
    try {
      load(yaml, env);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      expect(formatFaults(error)).not.toContain(SECRET);
      return error.faults.map(({ path, message }) => `${path}: ${message}`);
    }
    return [];
  };
  return { load, faults };
}
