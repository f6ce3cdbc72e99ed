// Bundles the three programs into dist/bin: one file is read where there would be a thousand. Types are checked by
// `npm run types` alone. The depth keeps `../../drizzle` and `../../schema` right, as seen from src/<folder>.
import { build } from 'esbuild';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';

const OUT = 'dist/bin';
const PROGRAMS = ['src/main.ts', 'src/demo.ts', 'src/cli/main.ts'];

const changed = (path) => statSync(path).mtimeMs;
const sources = readdirSync('src', { recursive: true }).map((file) => `src/${String(file)}`);
const newest = Math.max(...[...sources, 'package.json', 'build.mjs'].map(changed));
const built = `${OUT}/main.js`;

if (!existsSync(built) || changed(built) < newest) {
  rmSync(OUT, { recursive: true, force: true });
  await build({
    entryPoints: PROGRAMS,
    outdir: OUT,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // graphql checks each type of each value twice where it is not told so.
    // The CommonJS build of graphql asks a getter for each name at each use.
    alias: { graphql: 'graphql/index.mjs' },
    define: { 'process.env.NODE_ENV': '"production"' },
    sourcemap: true,
    sourcesContent: false,
    // These find files of their own beside them.
    external: [
      '@electric-sql/pglite',
      '@electric-sql/pglite-prepopulatedfs',
      '@graphql-yoga/render-graphiql',
    ],
    // Some packages are CommonJS, and ask for Node's own modules.
    banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
    logLevel: 'warning',
  });
}
