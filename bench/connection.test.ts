import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Connection, requestBytes } from './connection.ts';

let close: () => void = () => {};
afterEach(() => close());

/** A connection to a server that does with each request what `answer` says. */
async function open(answer: (socket: Socket, request: string) => unknown) {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (request) => answer(socket, request.toString()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(`http://127.0.0.1:${typeof address === 'object' && address?.port}/of/texts`);
  const connection = await Connection.open(url);
  close = () => {
    connection.close();
    server.close();
  };
  return { connection, request: requestBytes(url, '{"input":"é"}') };
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

test('an answer ends where its length says, in however many pieces it comes', async () => {
  const heard: string[] = [];
  const { connection, request } = await open(async (socket, said) => {
    heard.push(said);
    for (const piece of ['HTTP/1.1 200 OK\r\nContent-Le', 'ngth: 6\r\n\r', '\nabc', 'def']) {
      socket.write(piece);
      await pause();
    }
  });
  for (const _ of [1, 2]) expect(await connection.send(request)).toMatchObject({ status: 200 });
  expect(heard).toHaveLength(2);
  expect(heard[1]).toMatch(/^POST \/of\/texts HTTP\/1\.1\r\n.*content-length: 14\r\n\r\n\{"input":"é"\}$/s);
});

test('an answer in chunks ends with the empty one', async () => {
  const { connection, request } = await open(async (socket) => {
    socket.write('HTTP/1.1 429 Too Many Requests\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n');
    await pause();
    socket.write('0\r\n');
    await pause();
    socket.write('\r\n');
  });
  for (const _ of [1, 2]) expect(await connection.send(request)).toMatchObject({ status: 429 });
});

test('a connection that is closed before the answer is there is an error', async () => {
  const { connection, request } = await open((socket) => socket.end('HTTP/1.1 200 OK\r\n'));
  await expect(connection.send(request)).rejects.toThrow('closed');
  await expect(connection.send(request)).rejects.toThrow('closed');
});
