import type { ChatChunk } from '#contracts';

/** The address of an answer. */
export interface AnswerId {
  tenant: string;
  conversationId: string;
  messageId: string;
}

/** Why an answer was cut off. */
export type Cut = 'stopped' | 'taken' | 'lost' | 'closing';

/**
 * An answer that this process is writing: everything it has said, for however many readers. It goes on without any; a
 * reader that leaves changes nothing.
 */
export class Generation {
  readonly id: AnswerId;
  readonly fence: number;
  /** Aborted to cut the answer off; the reason is a `Cut`. */
  readonly cut = new AbortController();
  readonly #chunks: ChatChunk[] = [];
  #ended = false;
  #waiting: (() => void)[] = [];

  constructor(id: AnswerId, fence: number) {
    this.id = id;
    this.fence = fence;
  }

  get chunks(): readonly ChatChunk[] {
    return this.#chunks;
  }

  push(...chunks: ChatChunk[]): void {
    if (this.#ended) return;
    this.#chunks.push(...chunks);
    this.#rouse();
  }

  /** No chunk follows. */
  end(): void {
    this.#ended = true;
    this.#rouse();
  }

  /** The text as far as it was streamed. */
  get text(): string {
    return textOf(this.#chunks);
  }

  /** Every chunk from the first on, until the end or until `signal` is aborted. */
  async *read(signal: AbortSignal): AsyncGenerator<ChatChunk> {
    const rouse = () => this.#rouse();
    signal.addEventListener('abort', rouse);
    try {
      for (let place = 0; !signal.aborted; ) {
        const chunk = this.#chunks[place];
        if (chunk) {
          place++;
          yield chunk;
        } else if (this.#ended) return;
        else await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
    } finally {
      signal.removeEventListener('abort', rouse);
    }
  }

  #rouse(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** The text that chunks carry. */
export function textOf(chunks: readonly ChatChunk[]): string {
  return chunks.map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')).join('');
}
