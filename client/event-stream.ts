/** One server-sent event. `id` is its own, not that of an event before. */
export interface StreamedEvent {
  id: string | undefined;
  data: string;
}

/**
 * The server-sent events of a body, as the HTML standard parses them, `event` and `retry` aside: ours have neither. An
 * event that is cut off by the end is none. `onBytes` hears that something came, heartbeats included.
 */
export async function* readEventStream(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void = () => {},
): AsyncGenerator<StreamedEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const lines = createLines();
  let id: string | undefined;
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes();
      for (const line of lines(decoder.decode(value, { stream: true }))) {
        if (line === '') {
          if (data.length > 0) yield { id, data: data.join('\n') };
          id = undefined;
          data = [];
          continue;
        }
        const [, field, text = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
        if (field === 'data') data.push(text);
        if (field === 'id') id = text;
      }
    }
  } finally {
    // Whoever stops reading wants no more of it.
    await reader.cancel().catch(() => {});
  }
}

/** Whole lines of text that comes in pieces; a line ends with LF, CR or both. */
function createLines(): (piece: string) => string[] {
  let rest = '';
  return (piece) => {
    const text = rest + piece;
    // A CR at the very end may be half of a CRLF.
    const end = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.slice(0, end).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '') + text.slice(end);
    return lines;
  };
}
