import { writeSync } from 'node:fs';

/** The last line of a run. Written at exit, because jest prints its own summary after the reporters are done. */
export default class TallyReporter {
  onRunComplete(_contexts, results) {
    const broken = results.testResults.filter((suite) => suite.testExecError && suite.numFailingTests === 0).length;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${results.numFailedTests + broken} failed${skipped ? `, ${skipped} skipped` : ''}\n`;
    process.once('exit', () => writeSync(1, line));
    // A program that a failed test left running holds our output open; the result is known all the same.
    setTimeout(() => process.exit(results.success ? 0 : 1), 5000).unref();
  }
}
