import type { Reporter, TestModule } from 'vitest/node';

/** After vitest's own summary: `N passed, N failed`, for whoever reads a run by its last line. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    let passed = 0;
    let failed = 0;
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      passed += tests.filter((test) => test.result().state === 'passed').length;
      failed += tests.filter((test) => test.result().state !== 'passed').length;
      // A file that could not be read at all is a failure without a test.
      if (!tests.length || module.errors().length) failed += 1;
    }
    // The default reporter writes its summary in the same event; this comes after it.
    process.once('beforeExit', () => process.stdout.write(`${passed} passed, ${failed} failed\n`));
  }
}
