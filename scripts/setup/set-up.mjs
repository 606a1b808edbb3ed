import { arePackagesInPlace, install } from './install.mjs';
import { checkMachine } from './machine.mjs';
import { buildPage, isPageBuilt } from './page.mjs';
import { compile, isCompiled } from './programs.mjs';
import { SetupError } from './steps.mjs';

/** Brings the checkout to where it can run: packages, compiled code, the page. Quick when nothing changed. */
export async function setUp() {
  checkMachine({ workLeft: () => !(arePackagesInPlace() && isCompiled() && isPageBuilt()) });
  await install();
  await Promise.all([compile(), buildPage()]);
}

/** Runs `work`; a set-up failure is printed as its message alone and ends the process with 1. */
export async function orExplain(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exit(1);
  }
}
