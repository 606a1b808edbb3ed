import { createReadStream, existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { stringify } from 'yaml';
import { evaluationName } from '#contracts';
import { importLmEval, importPromptfoo, openSuite, readRows, sha256Of } from '#eval';
import { UsageError } from '../exit.ts';

/** Writes a suite from one of another harness, beside where it is called. Throws `UsageError` rather than write over a file. */
export async function importSuite(kind: string, file: string, named: string | undefined): Promise<void> {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  const name = named ?? nameFor(file);
  if (!evaluationName.safeParse(name).success)
    throw new UsageError('Say how the suite is called, by --name.');
  if (kind === 'promptfoo') {
    const { suite, left } = importPromptfoo(await readFile(file, 'utf8'), name);
    await write(`${name}.yaml`, suiteText(suite));
    for (const each of left) process.stderr.write(`Left out: ${each}.\n`);
  } else if (kind === 'lm-eval') {
    const lines: string[] = [];
    for await (const row of importLmEval(readRows(file, createReadStream(file), null)))
      lines.push(`${JSON.stringify(row)}\n`);
    const data = lines.join('');
    const dataset = {
      file: `${name}.jsonl`,
      sha256: sha256Of(data),
      origin: 'Imported from lm-evaluation-harness',
    };
    const target = { endpoint: { url: 'http://127.0.0.1:8000/v1', model: 'name-a-model' } };
    const scorers = [{ name: 'normalized-match' }];
    const suite = { ...{ suite: name, version: 1, title: name }, dataset, target, scorers };
    await write(`${name}.jsonl`, data);
    await write(`${name}.yaml`, suiteText(suite));
  } else throw new UsageError(`Suites are imported from promptfoo or lm-eval, not from ${kind}.`);
  process.stderr.write(`Wrote ${name}.yaml. Check its target, then: parlance eval run ${name}.yaml\n`);
}

/** By the file's own name, and never so that the suite would lie where the file does. */
function nameFor(file: string): string {
  const name = basename(file, extname(file))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  return resolve(`${name}${extname(file)}`) === resolve(file) ? `${name}-suite` : name;
}

function suiteText(suite: Record<string, unknown>): string {
  // What is written can be run, or is not written.
  openSuite(suite);
  return stringify(suite, { lineWidth: 110 });
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST'
      ? new UsageError(`There is a ${file} already: name another by --name.`)
      : error;
  });
}
