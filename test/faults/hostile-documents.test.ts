import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ParlanceClient } from '#client';
import type { Source } from '#contracts';
import { docxOf, pdfOf, wordParagraph } from '../fixtures/documents.ts';
import { startServer, type TestServer } from '../http/server.ts';

vi.setConfig({ testTimeout: 120_000 });

let server: TestServer;
let client: ParlanceClient;
/** Whoever loads something from outside asks here. */
let outside: Server;
const asked: string[] = [];
beforeAll(async () => {
  server = await startServer();
  client = new ParlanceClient({ baseUrl: server.url });
  outside = createServer((incoming, response) => {
    asked.push(incoming.url ?? '');
    response.end('x');
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await server?.stop();
  outside?.close();
});

const boundary = 'parlance-test';
const opening = (name: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\n`;

/** Posts a form by hand: `write` sends its body, and may go on until the server has answered or hung up. */
function post(
  headers: Record<string, string>,
  write: (send: (chunk: Buffer | string) => Promise<boolean>, end: () => void) => Promise<void>,
) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    let over = false;
    const outgoing = request(`${server.url}/api/v1/knowledge/sources`, {
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
    });
    outgoing.on('response', (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('close', () => {
        over = true;
        outgoing.destroy();
        resolve({ status: response.statusCode ?? 0, body });
      });
    });
    // A server that has answered may hang up on who goes on sending.
    outgoing.on('error', (error) => setTimeout(() => (over ? undefined : reject(error)), 500));
    const send = (chunk: Buffer | string) =>
      new Promise<boolean>((sent) => {
        if (over || outgoing.destroyed) return sent(false);
        outgoing.write(chunk, () => sent(!over));
      });
    write(send, () => outgoing.end()).catch(reject);
  });
}

const blobs = async () => {
  const kept = [];
  for await (const blob of server.running.services.blobs.list()) kept.push(blob);
  return kept;
};
const nothingKept = async () => {
  await expect.poll(blobs, { timeout: 10_000 }).toEqual([]);
  expect((await client.knowledge.sources.list()).sources).toEqual([]);
};

describe('an upload', () => {
  const chunk = Buffer.alloc(256 * 1024, 'a ');

  test('of 200 MB is refused by its declared length, before it is sent', async () => {
    const answer = await post({ 'content-length': String(200 * 1024 ** 2) }, async (send) => {
      await send(opening('a.txt'));
    });
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([413, 'too_large']);
    await nothingKept();
  });

  test('without end is refused while it comes in', async () => {
    let sent = 0;
    const answer = await post({ 'transfer-encoding': 'chunked' }, async (send) => {
      await send(opening('a.txt'));
      while (sent < 400 * 1024 ** 2 && (await send(chunk))) sent += chunk.length;
    });
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([413, 'too_large']);
    expect(sent).toBeLessThan(100 * 1024 ** 2);
    await nothingKept();
  });

  test('of good files and one that is too large keeps none of them', async () => {
    const answer = await post({ 'transfer-encoding': 'chunked' }, async (send, end) => {
      await send(`${opening('good.txt')}A good file.\r\n${opening('large.txt')}`);
      for (let count = 0; count < 84 && (await send(chunk)); count++);
      await send(`\r\n--${boundary}--\r\n`);
      end();
    });
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([
      413,
      { errors: [{ pointer: '/file', detail: 'large.txt is larger than 20 MiB. Split it.' }] },
    ]);
    await nothingKept();
  });

  test('that breaks off leaves nothing behind', async () => {
    const outgoing = request(`${server.url}/api/v1/knowledge/sources`, {
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': '1000000' },
    });
    outgoing.on('error', () => {});
    await new Promise((resolve) => outgoing.write(`${opening('a.txt')}half a file`, resolve));
    outgoing.destroy();
    await nothingKept();
  });

  test('of more than 200 files is refused', async () => {
    const form = new FormData();
    for (let at = 0; at <= 200; at++) form.append('file', new Blob([`${at}`]), `${at}.txt`);
    const answer = await fetch(`${server.url}/api/v1/knowledge/sources`, { method: 'POST', body: form });
    expect(answer.status).toBe(413);
    await nothingKept();
  });
});

describe('a document', () => {
  /** A source once it is read. */
  async function taken(name: string, content: string | Uint8Array): Promise<Source> {
    const { id } = await client.knowledge.sources.upload(new Blob([content as string]), name);
    await expect
      .poll(async () => (await client.knowledge.sources.get(id)).state, { timeout: 60_000, interval: 50 })
      .not.toBe('reading');
    return client.knowledge.sources.get(id);
  }

  test('that is a bomb fails by itself, says what to do, and is not kept', async () => {
    const bomb = docxOf('', [{ name: 'word/media/a.bin', content: Buffer.alloc(120 * 1024 ** 2) }]);
    const failed = await taken('bomb.docx', bomb);
    expect(failed).toMatchObject({
      state: 'failed',
      passages: 0,
      problem: expect.stringMatching(/Remove its pictures/),
    });
    expect(await blobs()).toEqual([]);
    expect(await taken('good.txt', 'Still here.')).toMatchObject({ state: 'ready', passages: 1 });
  });

  test('loads nothing from outside, whatever kind it is', async () => {
    const url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
    const links = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="${url}/word" TargetMode="External"/></Relationships>`;
    const picture =
      '<w:p><w:r><w:t>Text.</w:t><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:link="r9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>';
    const documents: Record<string, string | Uint8Array> = {
      'a.md': `Text. ![x](${url}/md)\n\n<img src="${url}/md-html">`,
      'a.html': `<html><head><link rel="stylesheet" href="${url}/css"><script src="${url}/js"></script></head><body><p>Text.<img src="${url}/img"><iframe src="${url}/frame"></iframe>`,
      'a.docx': docxOf(picture + wordParagraph('More.'), [
        { name: 'word/_rels/document.xml.rels', content: links },
      ]),
      'a.pdf': pdfOf([[{ text: `Text. ${url}/pdf`, y: 700 }]]),
    };
    for (const [name, content] of Object.entries(documents))
      expect(await taken(name, content)).toMatchObject({ name, state: 'ready' });
    expect(asked).toEqual([]);
  });

  test('has no script and no markup left in what is shown of it', async () => {
    const { id } = await taken(
      'script.html',
      '<html><p onclick="x()">Safe <script>alert(1)</script><svg onload="x()"><text>no</text></svg> text</p>',
    );
    expect((await client.knowledge.sources.passages(id)).map(({ text }) => text)).toEqual(['Safe text']);
  });
});
