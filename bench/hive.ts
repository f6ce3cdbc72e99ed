import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { freePort } from '../test/postgresql-server.ts';
import { graphqlContestant, type Contestant } from './contestants.ts';
import { start } from './processes.ts';
import type { Stage } from './stage.ts';
import type { OpenedVendor } from './vendor/questions.ts';

const HERE = join(import.meta.dirname, 'hive');
const PROGRAM = join(HERE, 'node_modules/@graphql-hive/gateway/dist/bin.js');

/** Hive Gateway over the same vendor, as it comes; what it is asked is what `nested` asks, in the vendor's words. */
export async function startHive(stage: Stage, vendor: OpenedVendor): Promise<Contestant> {
  if (!existsSync(PROGRAM)) install(stage);
  const options = ['--config-path', join(HERE, 'gateway.config.mjs'), '--host', '127.0.0.1'];
  // It takes no port that the system chooses.
  options.push('--port', String(await freePort()));
  const running = await start({
    name: 'hive',
    args: [PROGRAM, 'supergraph', join(HERE, 'supergraph.graphql'), ...options],
    place: 'under-test',
    env: { NODE_ENV: 'production', VENDOR: vendor.url, VENDOR_TOKEN: await tokenOf(vendor) },
    ready: /Listening on (http:\/\/[\d.]+:\d+)\D/,
  });
  stage.atEnd(() => running.stop());
  const document = readFileSync(join(HERE, 'nested.graphql'), 'utf8');
  return graphqlContestant('hive', running, {}, document, [{ tenant: vendor.tenant }]);
}

function install(stage: Stage): void {
  stage.progress('installing Hive Gateway, once');
  const how = ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', how, { cwd: HERE, stdio: ['ignore', 'ignore', 'inherit'] });
}

const grant = z.object({ access_token: z.string() });

/** It cannot log in by itself. */
async function tokenOf({ url, clientId, clientSecret }: OpenedVendor): Promise<string> {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const response = await fetch(`${url}/identity/connect/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return grant.parse(await response.json()).access_token;
}
