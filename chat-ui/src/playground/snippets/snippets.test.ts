import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { RunRequest } from '../task.ts';
import { curl } from './curl.ts';
import { python } from './python.ts';
import { bodyOf } from './snippet.ts';
import { typescript } from './typescript.ts';

const context = { origin: 'http://127.0.0.1:8787', needsKey: false };

/** Texts that break careless quoting in at least one of the three languages. */
const nasty = [
  `It's "odd"`,
  'two\nlines\r\nand\ta tab',
  'C:\\temp\\new \\\\server\\n',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the trap is the point
  '$HOME $(whoami) `whoami` ${x} %s !! #{y} {z}',
  "'; rm -rf / #",
  'ends with a backslash \\',
  "''''",
  'Grüße, 世界, 👩‍👩‍👧, e\u0301, \u202e\u2028\u2029\u0000\u007f',
  '"""triple""" and \'\'\'triple\'\'\'',
  '*/ // <!-- </script>',
  '@file.json',
];

const requests: RunRequest[] = [
  ...nasty.map((input): RunRequest => ({ task: 'sentiment', input, options: { explain: true } })),
  { task: 'sentiment', input: nasty, options: { explain: true, sentences: true }, model: "it's/odd" },
  { task: 'embeddings', input: nasty, options: {} },
  { task: 'embeddings', input: ['one'], options: {} },
  { task: 'summaries', input: 'one', options: { kind: 'conversation' } },
];

/** What a shell passes to curl, in place of calling it. */
function shellArguments(script: string): string[] {
  const shown = `curl() { for each; do printf '%s\\0' "$each"; done; }\n${script}\n`;
  return execFileSync('sh', ['-c', shown], {
    encoding: 'utf8',
    env: { HOME: '/wrong', PATH: process.env.PATH },
  })
    .split('\0')
    .slice(0, -1);
}

/** What a snippet passes to the client, with the client replaced. */
async function clientCall(code: string): Promise<{ settings: unknown; task: string; given: unknown[] }> {
  const body = code.replace(/^import .*$/m, '').replaceAll('console.log', 'void ');
  const run = new Function('ParlanceClient', 'process', `return (async () => {${body}})()`);
  let seen: { settings: unknown; task: string; given: unknown[] } | undefined;
  class Fake {
    tasks: unknown;
    constructor(settings: unknown) {
      const method =
        (task: string) =>
        (...given: unknown[]) => {
          seen = { settings, task, given };
          return Promise.resolve({});
        };
      this.tasks = {
        sentiment: method('sentiment'),
        embeddings: method('embeddings'),
        summaries: method('summaries'),
      };
    }
  }
  await run(Fake, { env: { PARLANCE_API_KEY: 'secret' } });
  if (!seen) throw new Error('the snippet called nothing');
  return seen;
}

describe('curl', () => {
  it.each(requests)('sends exactly the request %#', (request) => {
    const given = shellArguments(curl.write(request, context));
    expect(given).toHaveLength(6);
    expect(given[1]).toBe(`http://127.0.0.1:8787/api/v1/${request.task}`);
    expect(JSON.parse(given[5] ?? '')).toEqual(bodyOf(request));
  });

  it('takes the key from the environment', () => {
    const script = curl.write({ task: 'sentiment', input: 'x', options: {} }, { ...context, needsKey: true });
    expect(shellArguments(`PARLANCE_API_KEY=secret\n${script}`)).toContain('authorization: Bearer secret');
  });
});

describe('TypeScript', () => {
  it.each(requests)('sends exactly the request %#', async (request) => {
    const { task, given } = await clientCall(typescript.write(request, context));
    const { model, ...options } = { ...request.options, model: request.model };
    const expected = { ...options, ...(model ? { model } : {}) };
    expect(task).toBe(request.task);
    expect(given[0]).toEqual(request.input);
    expect(given[1] ?? {}).toEqual(expected);
  });

  it('takes the key from the environment', async () => {
    const code = typescript.write(
      { task: 'sentiment', input: 'x', options: {} },
      { ...context, needsKey: true },
    );
    expect((await clientCall(code)).settings).toEqual({ baseUrl: context.origin, apiKey: 'secret' });
  });
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Runs the snippet in Python with `requests` replaced, and gives back what it would have posted. */
function pythonCall(code: string): { url: string; json: unknown; headers?: unknown } {
  const fake = [
    'import sys, types, json',
    'class Answer:',
    '    def raise_for_status(self): pass',
    '    def json(self): return {"result": 0, "results": 0}',
    'def post(url, **given):',
    '    given.pop("timeout")',
    '    print(json.dumps({"url": url, **given}))',
    '    return Answer()',
    'sys.modules["requests"] = types.SimpleNamespace(post=post)',
    'exec(compile(sys.stdin.buffer.read().decode("utf8"), "snippet", "exec"))',
  ].join('\n');
  const printed = execFileSync('python3', ['-c', fake], {
    input: code,
    encoding: 'utf8',
    env: { PARLANCE_API_KEY: 'secret', PATH: process.env.PATH },
  });
  return JSON.parse(printed.split('\n')[0] ?? '');
}

describe.skipIf(!hasPython)('Python', () => {
  it.each(requests)('sends exactly the request %#', (request) => {
    const { url, json } = pythonCall(python.write(request, context));
    expect(url).toBe(`http://127.0.0.1:8787/api/v1/${request.task}`);
    expect(json).toEqual(bodyOf(request));
  });

  it('takes the key from the environment', () => {
    const code = python.write({ task: 'sentiment', input: 'x', options: {} }, { ...context, needsKey: true });
    expect(pythonCall(code).headers).toEqual({ authorization: 'Bearer secret' });
  });
});
