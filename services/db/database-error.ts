import { ParlanceError } from '#contracts';

/** PostgreSQL's refusals of a text it cannot store: U+0000 in `text` and in `jsonb`. */
const unstorable = new Set(['22021', '22P05']);

/**
 * What the rest of the program may know of a failed query: SQLSTATE, the server's routine and the text of the
 * statement. Parameters, and the server's message and detail, which quote them, are customers' words and key hashes:
 * they must not come into a log. A failure that has nothing to do with a query is given back as it is; a text that
 * cannot be stored becomes `invalid_input`.
 */
export function withoutValues(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ParlanceError) return error;
  const reported = reportOf(error);
  const query = 'query' in error && typeof error.query === 'string' ? error.query : undefined;
  if (!reported && query === undefined) return error;
  if (reported && unstorable.has(reported.code)) {
    return new ParlanceError('invalid_input', 'A text contains the character U+0000. Remove it.');
  }
  const connection = error.cause instanceof Error ? error.cause.message : 'the connection failed';
  const reason = reported ? `SQLSTATE ${reported.code}` : connection;
  const code = reported?.code ?? codeOf(error.cause);
  return Object.assign(new Error(`The database query failed: ${reason}`), {
    code,
    routine: reported?.routine,
    query,
  });
}

/** What the server itself said, as opposed to a broken connection. */
function reportOf(error: unknown): { code: string; routine: string | undefined } | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    const code = codeOf(each);
    if (code === undefined || !('severity' in each)) continue;
    const routine = 'routine' in each && typeof each.routine === 'string' ? each.routine : undefined;
    return { code, routine };
  }
  return undefined;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
