import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { ParlanceError } from '#contracts';
import type { CliContext } from '../context.ts';
import { exitCodes } from '../exit.ts';

/** `bench`: measures this service against raw onnxruntime. It lives in the checkout and needs its development packages. */
export function addBenchVerb(program: Command, context: CliContext): void {
  program
    .command('bench')
    .description('Measure this service against raw onnxruntime; arguments go to the benchmark')
    .argument('[arguments...]')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (args: string[]) => {
      const { root } = context.config();
      const entry = join(root, 'bench', 'main.ts');
      if (!existsSync(entry))
        throw new ParlanceError(
          'unsupported',
          'The benchmark is part of the checkout and is not installed here.',
        );
      const child = spawn(process.execPath, ['--import', 'tsx', entry, ...args], {
        cwd: root,
        stdio: 'inherit',
      });
      const code = await new Promise<number | null>((resolve, reject) =>
        child.on('error', reject).on('close', resolve),
      );
      if (code !== 0) context.exit(exitCodes.failed);
    });
}
