import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { ParlanceError, storedText } from '#contracts';

/** A file of a form, to be read to its end before the next one is asked for. */
export interface FormFile {
  name: string;
  /** The other fields of the form by their names, as far as they have come. */
  fields: ReadonlyMap<string, string>;
  content: AsyncIterable<Uint8Array>;
}

/** Bytes of one request, where nothing else is said. */
const maxFormBytes = 100 * 1024 * 1024;
/** Bytes of one field that is no file. */
const maxFieldBytes = 64 * 1024;
const maxFiles = 200;
const maxNameLength = 300;
/** An upload of which nothing comes for so long is given up. */
const maxSilenceMs = 60_000;

/**
 * The files of a `multipart/form-data` request as they arrive. A field `name` names the file after it; else its own name
 * does. Throws `too_large` by the declared length, before anything is read, and while reading; `invalid_input` for what is no
 * such form or has no file.
 */
export async function* filesOf(request: Request, maxBytes = maxFormBytes): AsyncGenerator<FormFile> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;.*boundary=/i.test(type)) throw notAForm();
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (!request.body) throw withoutFile();
  const source = Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0]);
  const { files, failed } = parse(source, type, maxBytes);
  let count = 0;
  try {
    for await (const file of files) {
      count++;
      yield file as FormFile;
    }
    await failed;
  } finally {
    source.destroy();
  }
  if (count === 0) throw withoutFile();
}

function parse(source: Readable, type: string, maxBytes: number): { files: Readable; failed: Promise<void> } {
  const parser = new Busboy({
    headers: { 'content-type': type },
    preservePath: true,
    limits: { files: maxFiles, fields: maxFiles, fieldSize: maxFieldBytes, headerPairs: 50 },
  });
  const files = new Readable({ objectMode: true, read() {} });
  const fields = new Map<string, string>();
  let given: string | undefined;
  let open: Readable | undefined;
  const fail = (error: Error) => {
    open?.destroy(error);
    files.destroy(error);
  };
  parser.on('field', (field, value, _nameCut, cut) => {
    if (cut) fail(ParlanceError.field(`/${field}`, 'This field is too long.', 'too_large'));
    if (field === 'name') given = value;
    else fields.set(field, value);
  });
  parser.on('file', (_field, content, filename) => {
    open = content;
    // Destroyed before anybody reads it, it has nobody else to tell.
    content.on('error', () => {});
    try {
      files.push({ name: checkedName(given ?? filename ?? ''), fields, content });
    } catch (error) {
      content.resume();
      fail(error as Error);
    }
    given = undefined;
  });
  parser.on('filesLimit', () =>
    fail(ParlanceError.field('/file', `Send at most ${maxFiles} files at once.`, 'too_large')),
  );
  const failed = pipeline(source, counted(maxBytes), parser).then(
    () => {
      files.push(null);
    },
    (error) => fail(error instanceof ParlanceError ? error : notAForm(error)),
  );
  return { files, failed };
}

function counted(maxBytes: number): Transform {
  let size = 0;
  const silent = setTimeout(() => counting.destroy(tooSlow()), maxSilenceMs).unref();
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      silent.refresh();
      size += chunk.length;
      done(size > maxBytes ? tooLarge(maxBytes) : null, chunk);
    },
    destroy(error, done) {
      clearTimeout(silent);
      done(error);
    },
  });
  return counting;
}

/** A label of slashes and names; it never becomes a path. */
function checkedName(name: string): string {
  const parts = name
    .replaceAll('\\', '/')
    .split('/')
    .map((part) => part.trim());
  const label = parts.filter((part) => part && part !== '.' && part !== '..').join('/');
  if (!label) throw ParlanceError.field('/name', 'Give the file a name.');
  if (label.length > maxNameLength)
    throw ParlanceError.field('/name', `Give the file a name of at most ${maxNameLength} characters.`);
  const checked = storedText.safeParse(label);
  if (!checked.success)
    throw ParlanceError.field('/name', checked.error.issues[0]?.message ?? 'Give the file another name.');
  return label;
}

function notAForm(cause?: unknown): ParlanceError {
  const detail = 'Send the files as multipart/form-data, each in a field `file`.';
  return new ParlanceError('invalid_input', detail, {
    cause,
    details: { errors: [{ pointer: '', detail }] },
  });
}

const tooSlow = () => new ParlanceError('cancelled', 'The upload stood still. Send it again.');

const withoutFile = () =>
  ParlanceError.field('/file', 'There is no file in the form. Send at least one in the field `file`.');

const tooLarge = (maxBytes: number) =>
  ParlanceError.field(
    '',
    `The files are larger than ${Math.floor(maxBytes / 1024 ** 2)} MiB together. Send fewer at once.`,
    'too_large',
  );
