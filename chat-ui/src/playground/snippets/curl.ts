import { bodyOf, type Snippet } from './snippet.ts';

/** For a POSIX shell. Inside single quotes nothing is special but the quote itself. */
export const curl: Snippet = {
  name: 'curl',
  write: (request, { origin, needsKey }) =>
    [
      `curl -sS ${quote(`${origin}/api/v1/${request.task}`)}`,
      "-H 'content-type: application/json'",
      ...(needsKey ? ['-H "authorization: Bearer $PARLANCE_API_KEY"'] : []),
      `--data-raw ${quote(JSON.stringify(bodyOf(request)))}`,
    ].join(' \\\n  '),
};

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
