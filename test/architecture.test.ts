import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Bottom to top: an area may import every area before it, through its door. */
const stack = ['contracts', 'inference', 'nlp', 'vision', 'eval', 'training', 'services'];

/** Which doors a folder may open. The stack, and what stands beside it. */
const allowed: Record<string, readonly string[]> = {
  ...Object.fromEntries(stack.map((area, index) => [area, stack.slice(0, index)])),
  client: ['contracts'],
  services: [...stack.slice(0, -1), 'client'],
  'chat-ui': ['contracts', 'client'],
  bench: [...stack, 'client'],
  scripts: [],
};

/** Below the services nothing knows how a request came in or where rows are kept. */
const core = stack.slice(0, -1);
const transportAndStorage = /^(hono|@hono\/.*|drizzle-orm|pg|@electric-sql\/.*|node:https?)(\/.*)?$/;

interface SourceFile {
  /** Relative to the checkout, with forward slashes. */
  path: string;
  text: string;
}

const areaOf = (path: string) => path.split('/')[0] ?? '';
const isTest = (path: string) => /\.test\.(ts|tsx|mjs)$/.test(path) || areaOf(path) === 'test';

/** Comments may speak of anything. */
const codeOf = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');

/** What a file imports or re-exports, statically or not. */
function importsOf(text: string): string[] {
  const pattern =
    /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|\bimport\.meta\.resolve\s*\(\s*)(?:'([^'\n]+)'|"([^"\n]+)")/g;
  return [...codeOf(text).matchAll(pattern)].map((match) => match[1] ?? match[2] ?? '');
}

/** One rule: the faults of one file, in words. */
type Rule = (file: SourceFile) => string[];

const rules = {
  'an area is entered by its door, from above': ({ path, text }) => {
    const area = areaOf(path);
    // What crosses areas is tested in test/, on any part; tests beside the code share its suites and may use their own door.
    if (area === 'test') return [];
    const open = isTest(path) ? [...(allowed[area] ?? []), area] : (allowed[area] ?? []);
    return importsOf(text).flatMap((specifier) => {
      if (specifier.startsWith('#')) {
        const door = specifier.slice(1);
        if (door.includes('/')) return [`${specifier} reaches past the door`];
        return open.includes(door) ? [] : [`${area} may not import ${specifier}`];
      }
      if (!specifier.startsWith('.')) return [];
      const target = areaOf(posix.join(posix.dirname(path), specifier));
      if (target === area || (target === 'test' && isTest(path))) return [];
      const elsewhere = target === 'test' || target in allowed;
      return elsewhere ? [`${specifier} enters ${target} by a window; use its door`] : [];
    });
  },

  'only services/config.ts reads the environment': ({ path, text }) => {
    const exempt =
      isTest(path) || path === 'services/config.ts' || ['scripts', 'bench'].includes(areaOf(path));
    // In the browser there is no process; the page shows snippets of Node code, which may name it.
    const pattern =
      areaOf(path) === 'chat-ui'
        ? /\bimport\.meta\.env\b/
        : /\bprocess\.env\b|\benv\b[^'"]*\bfrom 'node:process'/;
    const reads = pattern.test(codeOf(text));
    return reads && !exempt ? ['reads the environment'] : [];
  },

  'the core knows neither HTTP nor SQL': ({ path, text }) => {
    if (!core.includes(areaOf(path)) || isTest(path)) return [];
    const known = importsOf(text).filter((specifier) => transportAndStorage.test(specifier));
    return [
      ...known.map((specifier) => `imports ${specifier}`),
      ...(/\bfetch\s*\(/.test(codeOf(text)) ? ['calls fetch'] : []),
    ];
  },

  'contracts need zod and nothing else': ({ path, text }) =>
    areaOf(path) !== 'contracts' || isTest(path)
      ? []
      : importsOf(text)
          .filter((specifier) => !specifier.startsWith('.') && specifier !== 'zod')
          .map((specifier) => `imports ${specifier}`),

  'a file is named for what is in it': ({ path }) =>
    /(^|\/)(utils?|helpers?|misc|common)(\.|\/)/.test(path) ? ['says nothing by its name'] : [],

  'a file can be read in one sitting': ({ path, text }) => {
    const lines = text.split('\n').length;
    return lines > 300 && !isTest(path) ? [`has ${lines} lines; 300 are the limit`] : [];
  },
} satisfies Record<string, Rule>;

function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name) && !entry.name.includes('.gen.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((full) => ({
      path: relative(root, full).split(sep).join('/'),
      text: readFileSync(full, 'utf8'),
    }));
}

const present = readdirSync(root).filter((name) => name in allowed || name === 'test');
const files = present.flatMap(sourceFiles);

describe('the architecture', () => {
  it('is checked on all of the source', () => {
    expect(files.length).toBeGreaterThan(100);
    for (const area of ['contracts', 'client', 'inference', 'nlp', 'services', 'test']) {
      expect(files.some(({ path }) => areaOf(path) === area)).toBe(true);
    }
  });

  it('has one plain door per area', () => {
    const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    for (const [door, target] of Object.entries(imports)) expect(target).toBe(`./${door.slice(1)}/index.ts`);
  });

  it.each(Object.entries(rules))('%s', (_, rule) => {
    const faults = files.flatMap((file) => rule(file).map((fault) => `${file.path}: ${fault}`));
    expect(faults).toEqual([]);
  });
});

/** A rule that cannot fail proves nothing: each of these must be caught. */
const faulty: Record<keyof typeof rules, [path: string, text: string][]> = {
  'an area is entered by its door, from above': [
    ['contracts/a.ts', "import { x } from '#services';"],
    ['nlp/a.ts', "export { x } from '#client';"],
    ['nlp/a.ts', "import { x } from '#nlp';"],
    ['chat-ui/src/a.tsx', "import type { x } from '#nlp';"],
    ['services/a.ts', "const x = await import('#nlp/tasks/sentiment.ts');"],
    ['inference/engines/a.ts', "import '../../services/config.ts';"],
    ['nlp/a.ts', 'import {\n  x,\n} from "../test/suites/a.ts";'],
    ['nlp/a.test.ts', "import { x } from '../services/config.ts';"],
    ['scripts/a.mjs', "import { x } from '../contracts/index.ts';"],
  ],
  'only services/config.ts reads the environment': [
    ['services/a.ts', 'const { PORT } = process.env;'],
    ['inference/a.ts', "import { env } from 'node:process';"],
    ['chat-ui/src/a.ts', 'const url = import.meta.env.VITE_URL;'],
  ],
  'the core knows neither HTTP nor SQL': [
    ['nlp/a.ts', "import { Hono } from 'hono';"],
    ['inference/a.ts', "import { drizzle } from 'drizzle-orm/pglite';"],
    ['contracts/a.ts', "import { createServer } from 'node:http';"],
    ['inference/a.ts', 'const response = await fetch(url);'],
  ],
  'contracts need zod and nothing else': [['contracts/a.ts', "import { readFileSync } from 'node:fs';"]],
  'a file is named for what is in it': [
    ['nlp/utils.ts', ''],
    ['services/helpers/a.ts', ''],
  ],
  'a file can be read in one sitting': [['nlp/a.ts', 'x\n'.repeat(301)]],
};

describe('the rules', () => {
  it.each(Object.entries(faulty))('catch what breaks: %s', (name, snippets) => {
    for (const [path, text] of snippets) {
      expect(rules[name as keyof typeof rules]({ path, text }), `${path}: ${text.slice(0, 60)}`).not.toEqual(
        [],
      );
    }
  });

  it('let pass what is allowed', () => {
    const fine: SourceFile[] = [
      { path: 'services/http/a.ts', text: "import { x } from '#nlp';\nimport { y } from '../config.ts';" },
      { path: 'services/config.ts', text: 'loadConfig(process.env)' },
      {
        path: 'nlp/a.ts',
        text: '// nothing here reads process.env or calls fetch()\nimport { x } from "#inference";',
      },
      { path: 'client/index.ts', text: 'await fetch(url)' },
      { path: 'nlp/a.test.ts', text: "import { suite } from '../test/suites/a.ts';" },
    ];
    for (const file of fine) expect(Object.values(rules).flatMap((rule) => rule(file))).toEqual([]);
  });
});
