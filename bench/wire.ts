import { connect, type Socket } from 'node:net';

/** What a load needs to know of an answer; status 0 is a connection that broke. */
export interface Outcome {
  status: number;
  /** Seconds. */
  retryAfter: number;
}

const endOfHead = Buffer.from('\r\n\r\n');
const broken: Outcome = { status: 0, retryAfter: 1 };

/** The bytes of one JSON request on a connection that stays open. */
export function postOf(url: string, body: unknown): Buffer {
  const { host, pathname } = new URL(url);
  const text = JSON.stringify(body);
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `host: ${host}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(text)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}`);
}

/**
 * A connection that sends requests made beforehand, one after another, and reads of each answer its head and its length.
 * What presses the service runs on the same two cores: a sender that costs as much as what it measures would measure itself.
 */
export class Wire {
  readonly #socket: Socket;
  #answered: ((outcome: Outcome) => void) | undefined;
  #head: Buffer = Buffer.alloc(0);
  #outcome: Outcome | undefined;
  #missing = 0;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#socket.on('data', (chunk) => this.#read(chunk));
    this.#socket.on('error', () => this.#answer(broken));
    this.#socket.on('close', () => this.#answer(broken));
  }

  /** Never throws. One at a time. */
  send(request: Buffer): Promise<Outcome> {
    return new Promise((resolve) => {
      if (this.closed) return resolve(broken);
      this.#answered = resolve;
      this.#socket.write(request);
    });
  }

  /** Also when the other side has closed it, as servers do with a connection that was long idle. */
  get closed(): boolean {
    return this.#socket.destroyed;
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    if (this.#outcome) {
      this.#missing -= chunk.length;
    } else {
      const head = this.#head.length > 0 ? Buffer.concat([this.#head, chunk]) : chunk;
      const end = head.indexOf(endOfHead);
      this.#head = head;
      if (end < 0) return;
      const text = head.toString('latin1', 0, end);
      this.#outcome = {
        status: Number(text.slice(9, 12)),
        retryAfter: Number(field(text, 'retry-after') ?? 1),
      };
      this.#missing = Number(field(text, 'content-length')) - (head.length - end - endOfHead.length);
      // An answer in chunks has no length, and this could wait for its end for ever.
      if (Number.isNaN(this.#missing)) this.close();
    }
    if (this.#missing <= 0) this.#answer(this.#outcome);
  }

  #answer(outcome: Outcome): void {
    const answered = this.#answered;
    this.#answered = undefined;
    this.#outcome = undefined;
    this.#head = Buffer.alloc(0);
    answered?.(outcome);
  }
}

const field = (head: string, name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1];
