import type { AnswerMetadata, ChatChunk, Message } from '#contracts';
import type { AnswerPart } from '#nlp';
import type { Cut } from './generation.ts';

/** The one text part of an answer. */
export const textId = 'answer';

/** What a part of an answer is in the stream. */
export function chunksOfPart(part: Exclude<AnswerPart, { type: 'end' }>): ChatChunk[] {
  switch (part.type) {
    case 'route':
      return [{ type: 'data-route', id: 'route', data: { route: part.route, reason: part.reason } }];
    case 'sources':
      return part.hits.map(({ passage }) => ({
        type: 'source-document',
        sourceId: passage.id,
        mediaType: 'text/plain',
        title: passage.title,
        filename: passage.sourceName,
        providerMetadata: { parlance: { sourceId: passage.sourceId, headings: passage.headings } },
      }));
    case 'text':
      return [{ type: 'text-delta', id: textId, delta: part.text }];
    case 'choices':
      return [{ type: 'data-choices', id: 'choices', data: part.choices }];
    case 'handoff':
      return [{ type: 'data-handoff', id: 'handoff', data: { state: part.state, reason: part.reason } }];
  }
}

const cutReasons: Record<Cut, string> = {
  stopped: 'stopped',
  taken: 'A person has taken over.',
  lost: 'Another process has taken over.',
  closing: 'The server is stopping.',
};

/** How the stream of an answer ends that was cut off. */
export function cutChunks(metadata: AnswerMetadata, cut: Cut): ChatChunk[] {
  return [
    { type: 'message-metadata', messageMetadata: metadata },
    { type: 'abort', reason: cutReasons[cut] },
  ];
}

export function metadataOf({
  parentId,
  state,
  outcome,
  citations,
}: Pick<Message, 'parentId' | 'state' | 'outcome' | 'citations'>): AnswerMetadata {
  return { parentId: parentId ?? '', state, outcome, citations };
}

/** The rest of a stored answer's stream, for a reader that has seen `said` of its text; all of it when nothing. */
export function chunksOfMessage(message: Message, said: string | undefined): ChatChunk[] {
  const metadata = metadataOf(message);
  const chunks: ChatChunk[] = [];
  if (said === undefined) {
    chunks.push({
      type: 'start',
      messageId: message.id,
      messageMetadata: { ...metadata, state: 'streaming' },
    });
    const seen = new Set<string>();
    for (const { passageId, sourceId, title, headings } of message.citations) {
      if (seen.has(passageId)) continue;
      seen.add(passageId);
      chunks.push({
        type: 'source-document',
        sourceId: passageId,
        mediaType: 'text/plain',
        title,
        filename: title,
        providerMetadata: { parlance: { sourceId, headings } },
      });
    }
  }
  const rest = message.text.slice(said?.length ?? 0);
  if (!said && rest) chunks.push({ type: 'text-start', id: textId });
  if (rest) chunks.push({ type: 'text-delta', id: textId, delta: rest });
  if (message.text) chunks.push({ type: 'text-end', id: textId });
  if (message.choices.length > 0) chunks.push({ type: 'data-choices', id: 'choices', data: message.choices });
  if (message.state === 'complete') {
    chunks.push({ type: 'finish', finishReason: 'stop', messageMetadata: metadata });
  } else chunks.push(...cutChunks(metadata, message.state === 'stopped' ? 'stopped' : 'lost'));
  return chunks;
}
