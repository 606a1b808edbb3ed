import type { ErrorCode, HuggingFaceError, OpenAiError, ParlanceError, TeiError } from '#contracts';

/** What OpenAI calls some of our codes; the others keep their names. */
const openAiCodes: Partial<Record<ErrorCode, string>> = {
  unauthorized: 'invalid_api_key',
  overloaded: 'rate_limit_exceeded',
  unsupported: 'unsupported_parameter',
};

/** An error as OpenAI's clients read it. */
export function openAiError(error: ParlanceError, status: number): OpenAiError {
  const pointer = error.details.errors?.[0]?.pointer;
  const param = pointer ? paramOf(pointer) : null;
  const unknownModel = error.code === 'not_found' && param === 'model';
  const code = unknownModel ? 'model_not_found' : (openAiCodes[error.code] ?? error.code);
  return { error: { message: error.message, type: openAiType(status), param, code } };
}

function openAiType(status: number): string {
  if (status >= 500) return 'server_error';
  return status === 429 ? 'rate_limit_error' : 'invalid_request_error';
}

/** `/messages/0/content` as `messages[0].content`. */
function paramOf(pointer: string): string {
  return pointer
    .slice(1)
    .replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.');
}

/** An error as Hugging Face's clients read it. */
export const huggingFaceError = ({ message, code }: ParlanceError): HuggingFaceError => ({
  error: message,
  error_type: code,
});

/** As TEI's code writes them, which is not as its documentation does. What it has no word for keeps ours. */
const teiTypes: Partial<Record<ErrorCode, string>> = {
  invalid_input: 'Validation',
  too_large: 'Validation',
  unsupported: 'Validation',
  overloaded: 'Overloaded',
  model_unavailable: 'Backend',
  provider_failed: 'Backend',
  internal: 'Backend',
};

/** An error as clients of text-embeddings-inference read it. */
export const teiError = ({ message, code }: ParlanceError): TeiError => ({
  error: message,
  error_type: teiTypes[code] ?? code,
});
