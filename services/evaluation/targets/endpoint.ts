import { z } from 'zod';
import { ParlanceError, type Sample, type TargetReference } from '#contracts';
import type { Target } from '#eval';
import { jsonOf } from '../../json.ts';

type Endpoint = Extract<TargetReference, { endpoint: unknown }>['endpoint'];

const completion = z.object({
  model: z.string().optional(),
  choices: z.array(z.object({ message: z.object({ content: z.string().nullable() }) })).min(1),
  usage: z.object({ total_tokens: z.number().int() }).optional(),
});

const tries = 4;
const timeoutMs = 120_000;

/** Any server that speaks OpenAI's chat completions. Waits out `overloaded` as the server asks; the output is the text it writes. */
export function endpointTarget(endpoint: Endpoint, key: string | undefined): Target {
  const { url, model, system, prompt, temperature, maxTokens, requestsPerMinute } = endpoint;
  const turn = pacer(requestsPerMinute);
  let revision: string | null = null;
  return {
    name: model,
    get revision() {
      return revision;
    },
    async ask(sample, signal) {
      const said = { role: 'user', content: filled(prompt, sample) };
      const messages = system === undefined ? [said] : [{ role: 'system', content: system }, said];
      const body = JSON.stringify({ model, messages, temperature, max_tokens: maxTokens });
      const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) };
      for (let attempt = 1; ; attempt++) {
        await turn(signal);
        const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
        const said = await exchange(`${url.replace(/\/+$/, '')}/chat/completions`, {
          headers,
          body,
          signal: limit,
        });
        if (said?.ok) {
          const { data } = completion.safeParse(jsonOf(said.text));
          if (!data)
            throw new ParlanceError(
              'provider_failed',
              'The endpoint answered something else than a chat completion.',
            );
          revision = data.model ?? null;
          return { output: data.choices[0]?.message.content ?? '', tokens: data.usage?.total_tokens };
        }
        const busy = said === null || said.status === 429 || said.status >= 500;
        if (!busy || attempt === tries) throw refused(said?.status);
        await pause(retryMs(said?.retryAfter ?? null, attempt), signal);
      }
    },
  };
}

/** What an endpoint said, whole; null where the connection broke off, as one does that was kept open and is closed just then. */
async function exchange(url: string, init: Omit<RequestInit, 'method'>) {
  try {
    const response = await fetch(url, { ...init, method: 'POST' });
    const { ok, status, headers } = response;
    return { ok, status, retryAfter: headers.get('retry-after'), text: await response.text() };
  } catch (cause) {
    if (brokeOff(cause)) return null;
    const late = cause instanceof DOMException && cause.name === 'TimeoutError';
    throw new ParlanceError(
      late ? 'timeout' : 'provider_failed',
      late ? 'The endpoint did not answer within two minutes.' : 'The endpoint cannot be reached.',
      { cause },
    );
  }
}

const brokenCodes = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'];

const brokeOff = (thrown: unknown) =>
  thrown instanceof TypeError && brokenCodes.includes(String((thrown.cause as { code?: string })?.code));

const refused = (status: number | undefined) =>
  new ParlanceError(
    status === 429 ? 'overloaded' : 'provider_failed',
    status === undefined ? 'The endpoint broke the connection off.' : `The endpoint answered ${status}.`,
  );

const retryMs = (header: string | null, attempt: number) => {
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1000 : 500 * 2 ** attempt;
};

/** The prompt with the input, or with the parts of an input that has names. Throws `invalid_input` for a name that is not there. */
export function filled(prompt: string, { id, input }: Sample): string {
  return prompt.replaceAll(/\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => {
    const named = typeof input === 'object' && input !== null && !Array.isArray(input);
    const value = named && Object.hasOwn(input, name) ? input[name] : name === 'input' ? input : undefined;
    if (value === undefined)
      throw new ParlanceError('invalid_input', `Row ${id} has no ${name} for the prompt.`);
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

/** Lets one call through every so often; without a limit, at once. */
function pacer(perMinute: number | undefined): (signal: AbortSignal) => Promise<void> {
  let next = 0;
  return async (signal) => {
    if (perMinute === undefined) return;
    const now = performance.now();
    const at = Math.max(now, next);
    next = at + 60_000 / perMinute;
    if (at > now) await pause(at - now, signal);
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    if (signal.aborted) return end();
    signal.addEventListener('abort', end, { once: true });
  });
}
