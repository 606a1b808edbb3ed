import { existsSync, readFileSync } from 'node:fs';
import { totalmem } from 'node:os';

/** Bytes this process may use: the cgroup's limit when there is one, else what the machine has. */
export function memoryLimit(): number {
  const file = '/sys/fs/cgroup/memory.max';
  const limit = existsSync(file) ? Number(readFileSync(file, 'utf8').trim()) : Number.NaN;
  return Number.isFinite(limit) ? Math.min(limit, totalmem()) : totalmem();
}

const units: Record<string, number> = { '': 1, K: 1e3, M: 1e6, G: 1e9 };

/** Bytes written as `2GB`, `500 MB` or a number; undefined for anything else. */
export function bytesOf(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmg]?)b?$/i.exec(text.trim()) ?? [];
  return digits === undefined ? undefined : Math.round(Number(digits) * (units[unit.toUpperCase()] ?? 1));
}
