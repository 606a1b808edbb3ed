import { asParlanceError, ParlanceError, type Source } from '#contracts';
import { client, uploadingClient } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { createStore } from '../../ui/store.ts';
import { isUnderWay, refusalOf, type Upload } from './upload.ts';

/** Files on their way, kept outside the page: they go on while somebody looks at another one. */
export const uploads = createStore<Upload[]>([]);

const atOnce = 2;
const askEveryMs = 700;
const running = new Map<number, AbortController>();
let nextId = 1;

const change = (id: number, values: Partial<Upload>) =>
  uploads.set(uploads.get().map((upload) => (upload.id === id ? { ...upload, ...values } : upload)));

/** Queues files, each under its own name or the given one. */
export function addFiles(files: { file: File; name: string }[]): void {
  const added = files.map(({ file, name }): Upload => {
    // A replaced document may keep its name though the new file is called otherwise.
    const problem = refusalOf(file);
    return {
      id: nextId++,
      file,
      name,
      state: problem ? 'failed' : 'waiting',
      sent: 0,
      problem,
      source: null,
    };
  });
  uploads.set([...uploads.get(), ...added]);
  startNext();
}

export function cancelUpload(id: number): void {
  running.get(id)?.abort();
  change(id, { state: 'cancelled' });
}

export function retryUpload(id: number): void {
  change(id, { state: 'waiting', sent: 0, problem: null });
  startNext();
}

/** Takes one off the list, or all that are over. */
export function dismissUploads(id?: number): void {
  uploads.set(uploads.get().filter((upload) => (id === undefined ? isUnderWay(upload) : upload.id !== id)));
}

function startNext(): void {
  while (running.size < atOnce) {
    const next = uploads.get().find((upload) => upload.state === 'waiting');
    if (!next) return;
    void run(next);
  }
}

async function run({ id, file, name }: Upload): Promise<void> {
  const stopping = new AbortController();
  running.set(id, stopping);
  change(id, { state: 'sending' });
  try {
    const sender = uploadingClient((sent) => running.has(id) && change(id, { sent }));
    const source = await sender.knowledge.sources.upload(file, name, { signal: stopping.signal });
    if (!stopping.signal.aborted) settle(id, source);
  } catch (error) {
    if (!stopping.signal.aborted) change(id, { state: 'failed', problem: asParlanceError(error).message });
  } finally {
    running.delete(id);
    startNext();
    void watch();
  }
}

function settle(id: number, source: Source): void {
  const states = { reading: 'reading', ready: 'done', failed: 'failed' } as const;
  change(id, { state: states[source.state], sent: 1, source, problem: source.problem });
  if (source.state !== 'reading') void queryClient.invalidateQueries({ queryKey: ['knowledge'] });
}

let watching = false;

/** Asks after those that are being read, one at a time, until all are. */
async function watch(): Promise<void> {
  if (watching) return;
  watching = true;
  for (;;) {
    const reading = uploads.get().filter((upload) => upload.state === 'reading');
    if (reading.length === 0) break;
    for (const { id, source } of reading) {
      if (!source) continue;
      // While the server is silent it is asked again; of a source that is gone nothing more is to be heard.
      const answer = await client()
        .knowledge.sources.get(source.id)
        .catch((error) => asParlanceError(error));
      if (!(answer instanceof ParlanceError)) settle(id, answer);
      else if (answer.code === 'not_found')
        change(id, { state: 'failed', problem: 'It was deleted meanwhile.' });
    }
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
  watching = false;
}
