import type { Snippet } from './snippet.ts';

/** With the typed client of this repository. A JSON string is a JavaScript string. */
export const typescript: Snippet = {
  name: 'TypeScript',
  write: (request, { origin, needsKey }) => {
    const many = typeof request.input !== 'string';
    const options = { ...(request.model ? { model: request.model } : {}), ...request.options };
    const argument = Object.keys(options).length ? `, ${literal(options)}` : '';
    const settings = [`baseUrl: ${JSON.stringify(origin)}`];
    if (needsKey) settings.push('apiKey: process.env.PARLANCE_API_KEY');
    return [
      "import { ParlanceClient } from '#client'; // client/index.ts of the Parlance repository",
      '',
      `const parlance = new ParlanceClient({ ${settings.join(', ')} });`,
      `const { ${many ? 'results' : 'result'} } = await parlance.tasks.${request.task}(${inputLiteral(request.input)}${argument});`,
      `console.log(${many ? 'results' : 'result'});`,
    ].join('\n');
  },
};

const inputLiteral = (input: string | string[]): string =>
  typeof input === 'string'
    ? JSON.stringify(input)
    : `[\n${input.map((text) => `  ${JSON.stringify(text)},\n`).join('')}]`;

const literal = (options: Record<string, string | boolean>): string =>
  `{ ${Object.entries(options)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join(', ')} }`;
