import { bodyOf, type Snippet } from './snippet.ts';

/** With `requests`. */
export const python: Snippet = {
  name: 'Python',
  write: (request, { origin, needsKey }) =>
    [
      ...(needsKey ? ['import os', ''] : []),
      'import requests',
      '',
      'response = requests.post(',
      `    ${literal(`${origin}/api/v1/${request.task}`)},`,
      ...(needsKey ? ['    headers={"authorization": f"Bearer {os.environ[\'PARLANCE_API_KEY\']}"},'] : []),
      `    json=${indent(literal(bodyOf(request)))},`,
      '    timeout=60,',
      ')',
      'response.raise_for_status()',
      `print(response.json()["${typeof request.input === 'string' ? 'result' : 'results'}"])`,
    ].join('\n'),
};

/**
 * A value as Python source. JSON's string escapes mean the same in Python, except that a lone surrogate has no UTF-8
 * form there; such a text cannot come from a keyboard.
 */
function literal(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[\n${value.map((each) => `    ${literal(each)},\n`).join('')}]`;
  if (value && typeof value === 'object') {
    const pairs = Object.entries(value).map(
      ([key, each]) => `    ${JSON.stringify(key)}: ${indent(literal(each))},\n`,
    );
    return `{\n${pairs.join('')}}`;
  }
  return JSON.stringify(value);
}

const indent = (source: string): string => source.replaceAll('\n', '\n    ');
