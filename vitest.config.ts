import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const require = createRequire(import.meta.url);
const conditions = ['source'];

/** The guide's own commands build and test a copy of the project: when all else is done. */
class GuideLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isOfGuide = ({ moduleId }: TestSpecification) => moduleId.includes('/tests/guide/');
    return sorted.toSorted((a, b) => Number(isOfGuide(a)) - Number(isOfGuide(b)));
  }
}

export default defineConfig({
  resolve: {
    conditions,
    // One graphql for everybody; its ESM and CommonJS builds are two realms.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql/index.js') }],
  },
  ssr: { resolve: { conditions } },
  // Global setup too reads the sources, never what was last compiled.
  environments: { __vitest__: { resolve: { conditions } } },
  oxc: {
    decorator: { legacy: true },
    assumptions: { setPublicClassFields: true },
    typescript: { removeClassFieldsWithoutInitializer: true },
  },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    reporters: ['default', './tests/support/closing-line.ts'],
    // A busy machine is slow; what hangs is found all the same.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    // A worker reads the product's modules once, not once for each file: a third of the time.
    isolate: false,
    sequence: { sequencer: GuideLast },
    // As `npm start`; what is shut without it has tests of its own.
    env: {
      CHENGXIN_MODE: 'development',
      CHENGXIN_WITHOUT_ENV_FILES: 'yes',
      // Commands read the settings of a college from there; that of a developer is none of theirs.
      CHENGXIN_DATA: join(tmpdir(), 'chengxin-tests-have-no-college'),
    },
  },
});
