import { parse } from 'yaml';
import { z } from 'zod';
import { invalidInput, ParlanceError } from '#contracts';

const assertion = z.object({
  type: z.string(),
  value: z.json().optional(),
  threshold: z.number().optional(),
});
type Assertion = z.infer<typeof assertion>;

const test = z.object({
  description: z.string().optional(),
  vars: z.record(z.string(), z.json()).default({}),
  assert: z.array(assertion).default([]),
});

const config = z.object({
  description: z.string().optional(),
  prompts: z.array(z.union([z.string(), z.object({ raw: z.string() })])).min(1),
  providers: z.array(z.union([z.string(), z.object({ id: z.string() })])).default([]),
  tests: z.array(test).min(1),
  defaultTest: z.json().optional(),
});

/** Assertions of promptfoo that a scorer here says the same of. */
const kinds: Record<string, { name: string; as: string; options?: object }> = {
  equals: { name: 'exact-match', as: 'equals' },
  contains: { name: 'contains', as: 'contains', options: { ignoreCase: false } },
  'contains-all': { name: 'contains', as: 'contains', options: { ignoreCase: false } },
  icontains: { name: 'contains', as: 'icontains' },
  'not-contains': { name: 'avoids', as: 'not-contains', options: { ignoreCase: false } },
  'not-icontains': { name: 'avoids', as: 'not-icontains' },
  regex: { name: 'pattern', as: 'regex' },
  'rouge-n': { name: 'rouge', as: 'rouge-n', options: { variant: '1' } },
};

/** What an import makes: a suite to be written as YAML, and what it leaves out, in words. */
export interface Imported {
  suite: Record<string, unknown>;
  left: string[];
}

/**
 * A suite of promptfoo's basic form: prompts with {{variables}}, tests with `vars` and `assert`. Each kind of assertion becomes a
 * scorer, which leaves out the tests without one; what no scorer says is named in `left`. Throws `invalid_input` for what is no such file, and
 * `unsupported` when nothing of it can be carried over.
 */
export function importPromptfoo(text: string, name: string): Imported {
  const { data, error } = config.safeParse(readYaml(text));
  if (error) throw invalidInput(error, 'The file');
  const left: string[] = [];
  const [first = ''] = data.prompts.map((prompt) => (typeof prompt === 'string' ? prompt : prompt.raw));
  if (first.startsWith('file://'))
    throw ParlanceError.field('/prompts/0', `Write the prompt out here: ${first} is not read.`);
  if (data.defaultTest !== undefined) left.push('defaultTest: give each test what it says');
  if (data.prompts.length > 1) left.push(`${data.prompts.length - 1} more prompts: make a suite of each`);
  const used = new Set<string>();
  const ids = new Set<string>();
  const rows = data.tests.map(({ vars, assert, description }, index) => {
    const expected: Record<string, unknown> = {};
    for (const each of assert) {
      const kind = kinds[each.type];
      // A value with a variable in it is another text in each test.
      if (!kind || each.value === undefined || JSON.stringify(each.value).includes('{{')) {
        left.push(`test ${index + 1}: the assertion ${each.type}`);
        continue;
      }
      used.add(kind.as);
      expected[kind.as] = merged(expected[kind.as], each);
    }
    // Several tests may be described alike.
    const id = description === undefined || ids.has(description) ? `test-${index + 1}` : description;
    ids.add(id);
    return { id, input: vars, expected };
  });
  if (used.size === 0)
    throw new ParlanceError('unsupported', 'Nothing in this file is an assertion that a scorer here knows.');
  const [provider] = data.providers.map((each) => (typeof each === 'string' ? each : each.id));
  return {
    suite: {
      ...{ suite: name, version: 1, title: data.description ?? name },
      dataset: { rows, licence: 'not said', origin: 'Imported from promptfoo' },
      target: {
        endpoint: {
          url: 'https://api.openai.com/v1',
          model: modelOf(provider),
          keyFrom: 'OPENAI_API_KEY',
          prompt: first,
        },
      },
      scorers: [...used].map(scorerOf),
    },
    left,
  };
}

function scorerOf(as: string): Record<string, unknown> {
  const kind = Object.values(kinds).find((each) => each.as === as);
  return { name: kind?.name, as, expects: `/${as}`, optional: true, ...kind?.options };
}

const merged = (before: unknown, { value }: Assertion): unknown => {
  const values = Array.isArray(value) ? value : [value];
  return before === undefined
    ? Array.isArray(value)
      ? value
      : value
    : [...(Array.isArray(before) ? before : [before]), ...values];
};

/** `openai:chat:gpt-4o` is the model gpt-4o of an endpoint that speaks OpenAI's language. */
const modelOf = (provider: string | undefined) => provider?.split(':').at(-1) ?? 'name-a-model';

function readYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch (cause) {
    throw new ParlanceError('invalid_input', `This is not YAML: ${(cause as Error).message}`, { cause });
  }
}
