import { asParlanceError, type Source } from '#contracts';
import { client, uploadingClient } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { createStore } from '../../ui/store.ts';
import { refusalOf, type Upload } from './upload.ts';

/** Files on their way, kept outside the page: they go on while somebody looks at another one. */
export const uploads = createStore<Upload[]>([]);

const atOnce = 2;
const askEveryMs = 700;
const running = new Map<number, AbortController>();
let nextId = 1;

const find = (id: number) => uploads.get().find((upload) => upload.id === id);
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
  uploads.set(
    uploads
      .get()
      .filter((upload) =>
        id === undefined ? running.has(upload.id) || upload.state === 'waiting' : upload.id !== id,
      ),
  );
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
  const { signal } = stopping;
  running.set(id, stopping);
  change(id, { state: 'sending' });
  const settle = (values: Partial<Upload>) => {
    if (find(id)?.state !== 'cancelled') change(id, values);
  };
  try {
    const sender = uploadingClient((sent) => settle({ sent, state: sent === 1 ? 'reading' : 'sending' }));
    const source = await untilRead(await sender.knowledge.sources.upload(file, name, { signal }), signal);
    settle({
      state: source.state === 'failed' ? 'failed' : 'done',
      sent: 1,
      source,
      problem: source.problem,
    });
  } catch (error) {
    settle({ state: 'failed', problem: asParlanceError(error).message });
  } finally {
    running.delete(id);
    void queryClient.invalidateQueries({ queryKey: ['knowledge'] });
    startNext();
  }
}

/** The source once it has been read, or could not be. */
async function untilRead(source: Source, signal: AbortSignal): Promise<Source> {
  let latest = source;
  while (latest.state === 'reading' && !signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
    latest = await client().knowledge.sources.get(source.id);
  }
  return latest;
}
