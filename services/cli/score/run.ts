import type { TaskName } from '#contracts';
import { outputRow } from '../../rows/added-fields.ts';
import type { Backend, TaskOptions } from '../../rows/backend.ts';
import { score } from '../../rows/score.ts';
import type { RowWriter } from '../../rows/writer.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import type { Input } from './input.ts';
import type { Progress } from './progress.ts';
import type { Sink } from './sink.ts';

export interface Summary {
  written: number;
  failed: number;
  truncated: boolean;
  interrupted: boolean;
}

export interface RunParts<N extends TaskName> {
  input: Pick<Input, 'rows'>;
  backend: Pick<Backend, 'run'>;
  task: N;
  options: TaskOptions<N>;
  writer: RowWriter;
  sink: Sink;
  progress: Progress;
  signal: AbortSignal;
}

/**
 * Reads, scores and writes until the input ends or the signal stops it. Either way the output is closed properly and
 * holds whole rows only; any other failure is thrown after that.
 */
export async function runRows<N extends TaskName>(parts: RunParts<N>): Promise<Summary> {
  const { input, backend, task, options, writer, sink, progress, signal } = parts;
  // A failure in one call also ends the others that are in flight.
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  const summary: Summary = { written: 0, failed: 0, truncated: false, interrupted: false };
  try {
    for await (const part of score(input.rows, backend, task, options, either)) {
      await sink.write(writer.write(part.rows.map((each) => outputRow(task, each, options))));
      summary.written += part.rows.length;
      summary.failed += part.failed;
      summary.truncated ||= part.usage.truncated;
      progress.rows(part.rows.length);
      if (signal.aborted) break;
    }
    summary.interrupted = signal.aborted;
  } catch (error) {
    failure.abort();
    if (!signal.aborted) {
      if (summary.written > 0) await sink.write(writer.end()).catch(() => {});
      await sink.close();
      throw error;
    }
    summary.interrupted = true;
  } finally {
    progress.stop();
  }
  await sink.write(writer.end());
  await sink.close();
  return summary;
}

/** The exit code a summary stands for. */
export function exitCodeOf(summary: Summary): ExitCode {
  if (summary.interrupted) return exitCodes.interrupted;
  return summary.failed > 0 ? exitCodes.someRowsFailed : exitCodes.done;
}

/** The last line of a run, for people. */
export function describe(summary: Summary, seconds: number, where: string): string {
  const rows = `${summary.written.toLocaleString('en')} ${summary.written === 1 ? 'row' : 'rows'}`;
  const rate = Math.round(summary.written / Math.max(0.001, seconds)).toLocaleString('en');
  const parts = [
    summary.interrupted
      ? `Stopped. ${rows} were written, each of them whole.`
      : `${rows} in ${seconds.toFixed(1)} s (${rate} a second) by ${where}.`,
  ];
  if (summary.failed > 0)
    parts.push(`${summary.failed.toLocaleString('en')} of them failed and carry an error.`);
  if (summary.truncated) parts.push('Some texts were longer than the model reads; their end was left out.');
  return parts.join(' ');
}
