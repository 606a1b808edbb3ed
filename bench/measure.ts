import { closedLoop, type Load, oneCaller } from './load.ts';
import { type Overload, openLoop, politeCallers } from './overload.ts';
import { printPressure, printRows } from './print.ts';
import { measureRaw } from './raw.ts';
import { type Sample, type Service, startService } from './service.ts';

export interface Order {
  root: string;
  task: string;
  /** Of the model that serves the task. */
  folder: string;
  texts: string[];
  /** Of each row. */
  seconds: number;
  overload: boolean;
}

const warmUpSeconds = { many: 15, one: 15 };

type RawSpeed = Awaited<ReturnType<typeof measureRaw>>;

/** Bare onnxruntime before and after the service; `best` and `singleMs` are the middle of the two. */
export interface Raw {
  /** Texts a second. */
  best: number;
  singleMs: number;
  before: RawSpeed;
  after: RawSpeed;
}

/** `mainUs`: CPU time of the main process for one text, in microseconds. */
export type Row = { name: string; mainUs: number } & Load & Omit<Sample, 'cpuSeconds'>;

type Pressed = Overload & Pick<Sample, 'loopDelayMs' | 'mainMb'> & { ofPeak: number };

export interface Pressure {
  polite: Pressed;
  flood: Pressed;
  idleMb: number;
  recoveredP50: number;
}

/** Measures one task over HTTP between two measurements of bare onnxruntime, and prints what it finds as it goes. */
export async function measureTask({ root, task, folder, texts, seconds, overload }: Order) {
  const before = await measureRaw(folder, texts, seconds);
  const service = await startService(root);
  const url = `${service.url}/api/v1/${task}`;
  const many = (connections: number, perRequest: number) => () =>
    closedLoop(url, texts, { connections, perRequest, seconds });
  try {
    // The engine of Node compiles what it sees often: full speed comes after some thousand calls.
    await closedLoop(url, texts, { connections: 64, perRequest: 1, seconds: warmUpSeconds.many });
    await oneCaller(url, texts, warmUpSeconds.one);
    const one = await row(service, seconds, '1 connection', () => oneCaller(url, texts, seconds));
    const some = await row(service, seconds, '16 connections', many(16, 1));
    const peak = await row(service, seconds, '64 connections', many(64, 1));
    const lists = await row(service, seconds, '8 connections × 32', many(8, 32));
    const rows = [one, some, peak, lists];
    const raw = around(before, await measureRaw(folder, texts, seconds));
    printRows(raw, rows);
    if (!overload) return { raw, rows };
    const pressure = await measureOverload(service, url, texts, seconds, peak.textsPerSecond);
    printPressure(pressure);
    return { raw, rows, pressure };
  } finally {
    await service.stop();
  }
}

/** The machine drifts: what came before and after brackets what was measured between. */
function around(before: RawSpeed, after: RawSpeed): Raw {
  const best = (raw: RawSpeed) => Math.max(raw.twoProcesses, raw.twoThreads);
  return {
    best: (best(before) + best(after)) / 2,
    singleMs: (before.singleMs + after.singleMs) / 2,
    before,
    after,
  };
}

async function row(
  service: Service,
  seconds: number,
  name: string,
  measure: () => Promise<Load>,
): Promise<Row> {
  const from = await service.sample();
  const load = await measure();
  const { cpuSeconds, ...sample } = await service.sample();
  const mainUs = ((cpuSeconds - from.cpuSeconds) / (load.textsPerSecond * seconds)) * 1e6;
  return { name, ...load, ...sample, mainUs };
}

async function measureOverload(
  service: Service,
  url: string,
  texts: string[],
  seconds: number,
  peak: number,
): Promise<Pressure> {
  const pressed = async (load: Overload): Promise<Pressed> => {
    const { loopDelayMs, mainMb } = await service.sample();
    return { ...load, ofPeak: load.goodput / peak, loopDelayMs, mainMb };
  };
  const idle = await service.sample();
  const polite = await pressed(await politeCallers(url, texts, 640, seconds * 2));
  const flood = await pressed(await openLoop(url, texts, peak * 3, seconds * 2));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const recovered = await oneCaller(url, texts, 1);
  return { polite, flood, idleMb: idle.mainMb, recoveredP50: recovered.p50 };
}
