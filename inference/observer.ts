/** What the pool tells about its work, for metrics and the log. Times are milliseconds. */
export interface PoolObserver {
  batchDone(batch: {
    inputs: number;
    paddedTokens: number;
    queueMs: number[];
    tokenizeMs: number;
    runMs: number;
  }): void;
  inputsDropped(reason: 'overloaded' | 'timeout' | 'cancelled' | 'failed', count: number): void;
  workerEnded(reason: string, lostInputs: number): void;
}

/** How the workers are doing. */
export interface PoolStatus {
  ready: number;
  total: number;
  restarts: number;
  queuedInputs: number;
  queuedTokens: number;
  rssBytes: number[];
}
